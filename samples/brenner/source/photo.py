"""The picture that Nadja Petrov took of micrometer MM-017 and its label, as a drawing."""

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from picture import font

WIDTH, HEIGHT = 1800, 1280  # drawn at this size, saved at half of it
STEEL = ((236, 239, 242), (150, 157, 164))
DARK = ((74, 80, 88), (34, 38, 44))


def _gradient(size, top, bottom):
    """Light from above: `top` color fades into `bottom`, with a bright band at one third."""
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        part = y / max(1, size[1] - 1)
        shine = max(0, 1 - abs(part - 0.3) / 0.22) * 26
        column.putpixel((0, y), tuple(min(255, round(a + (b - a) * part + shine))
                                      for a, b in zip(top, bottom)))
    return column.resize(size)


def _part(picture, mask, area, colors, radius=0):
    """Pastes a shaded bar into `picture` and marks it in `mask`, from which the shadow is made."""
    left, top, right, bottom = area
    size = (right - left, bottom - top)
    form = Image.new("L", size, 0)
    ImageDraw.Draw(form).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, 255)
    picture.paste(_gradient(size, *colors), (left, top), form)
    mask.paste(255, (left, top), form)


def _frame(picture, mask):
    """The C-shaped frame: a thick arc below the measuring line."""
    form = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(form)
    draw.arc((330, 330, 890, 890), 0, 200, 255, 96)
    draw.rounded_rectangle((318, 520, 424, 660), 18, 255)
    draw.rounded_rectangle((786, 520, 900, 660), 18, 255)
    picture.paste(_gradient((WIDTH, HEIGHT), (66, 108, 120), (24, 48, 58)), (0, 0), form)
    mask.paste(255, (0, 0), form)


def _micrometer(picture, mask):
    _frame(picture, mask)
    _part(picture, mask, (400, 560, 470, 620), STEEL, 4)
    _part(picture, mask, (560, 566, 800, 614), STEEL, 4)
    _part(picture, mask, (880, 540, 1150, 640), STEEL, 8)
    _part(picture, mask, (1140, 514, 1420, 666), ((214, 218, 222), (122, 128, 134)), 10)
    _part(picture, mask, (1420, 536, 1530, 644), STEEL, 14)
    draw = ImageDraw.Draw(picture)
    for x in range(1256, 1412, 9):
        draw.line((x, 518, x, 662), (112, 118, 124), 3)
    for x in range(1436, 1520, 10):
        draw.line((x, 540, x, 640), (128, 134, 140), 3)
    for index in range(26):
        x = 900 + index * 9
        draw.line((x, 590, x, 566 if index % 5 == 0 else 577), (30, 34, 40), 2)


def _display(picture, mask):
    _part(picture, mask, (760, 660, 1180, 850), DARK, 24)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((790, 688, 1060, 800), 8, (186, 199, 178), (20, 22, 26), 5)
    draw.text((1040, 744), "0.000", (28, 34, 26), font(38, True), anchor="rm")
    draw.text((1046, 784), "mm", (28, 34, 26), font(11, True), anchor="rm")
    for y, words in ((705, "ON"), (765, "ZERO")):
        draw.rounded_rectangle((1082, y, 1158, y + 42), 10, (196, 120, 44), (60, 36, 12), 3)
        draw.text((1120, y + 21), words, (250, 246, 240), font(9, True), anchor="mm")
    draw.text((800, 826), "0-25 mm   0.001", (206, 210, 214), font(11), anchor="lm")


def _label(picture, mask):
    """The sticker of the calibration: months around, year, number, next date."""
    form = Image.new("RGB", (560, 330), (252, 252, 247))
    draw = ImageDraw.Draw(form)
    draw.rectangle((0, 0, 559, 329), None, (20, 84, 60), 8)
    draw.rectangle((0, 0, 559, 72), (20, 84, 60))
    draw.text((280, 37), "KALIBRIERT", (255, 255, 255), font(23, True), anchor="mm")
    for y, words in ((112, "Nr.  MM-017"), (168, "am  28.01.2025   N.P.")):
        draw.text((28, y), words, (24, 28, 34), font(20, y == 112), anchor="lm")
    draw.text((28, 220), "Schein  DB-25-0096", (24, 28, 34), font(17), anchor="lm")
    draw.rectangle((16, 252, 544, 316), (255, 214, 64))
    draw.text((280, 285), "nächste  01 / 2026", (24, 28, 34), font(23, True), anchor="mm")
    form = form.rotate(-3, expand=True, resample=Image.BICUBIC, fillcolor=(0, 0, 0))
    shape = Image.new("L", (560, 330), 255).rotate(-3, expand=True, resample=Image.BICUBIC)
    picture.paste(form, (1010, 868), shape)
    mask.paste(255, (1010, 868), shape)


def _noise(random, size, depth):
    raw = Image.frombytes("L", size, random.randbytes(size[0] * size[1]))
    soft = raw.filter(ImageFilter.GaussianBlur(1.2))
    return soft.point(lambda value: 128 + (value - 128) * depth)


def _background(random):
    """A grey-blue rubber mat, brighter where the lamp stands, with fine lines."""
    ground = _gradient((WIDTH, HEIGHT), (112, 122, 132), (62, 69, 78))
    draw = ImageDraw.Draw(ground)
    for y in range(20, HEIGHT, 40):
        draw.line((0, y, WIDTH, y), (84, 92, 101), 2)
    grain = _noise(random, (WIDTH, HEIGHT), 0.22)
    return ImageChops.add(ground, Image.merge("RGB", [grain] * 3), 1, -128)


def write_label_photo(path):
    ground = _background(Random(17))
    things, mask = Image.new("RGB", (WIDTH, HEIGHT)), Image.new("L", (WIDTH, HEIGHT), 0)
    for draw in (_micrometer, _display, _label):
        draw(things, mask)
    shadow = ImageChops.offset(mask, 18, 26).filter(ImageFilter.GaussianBlur(16))
    ground = Image.composite(Image.new("RGB", ground.size, (22, 25, 30)), ground,
                             shadow.point(lambda value: value * 0.62))
    ground.paste(things, (0, 0), mask)
    turned = ground.rotate(2.5, resample=Image.BICUBIC).crop((60, 230, WIDTH - 60, HEIGHT - 50))
    small = turned.resize((900, 536), Image.LANCZOS).filter(ImageFilter.GaussianBlur(0.5))
    path.parent.mkdir(parents=True, exist_ok=True)
    small.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        path, optimize=True)


DOCUMENTS = [("05 Prüfmittel/Fotos/Kalibriermarke MM-017.png", write_label_photo)]
