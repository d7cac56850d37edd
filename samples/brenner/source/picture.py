"""Drawn pictures in PNG: boxes, arrows, text. Drawn twice as large and reduced for clean edges."""

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

_FONTS = "/usr/share/fonts/truetype/crosextra/Carlito-"
ACCENT, INK, GREY, LINE, SHADE = "#17506b", "#1d2731", "#6b7782", "#c3ccd4", "#eef2f5"
SCALE = 2


def font(size, bold=False):
    return ImageFont.truetype(f"{_FONTS}{'Bold' if bold else 'Regular'}.ttf", size * SCALE,
                              layout_engine=ImageFont.Layout.BASIC)


class Picture:
    """A canvas in picture points; all coordinates are before scaling."""

    def __init__(self, width, height, ground="#ffffff"):
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image)
        self.width, self.height = width, height

    def box(self, area, fill="#ffffff", line=LINE, radius=8, thick=2):
        self.draw.rounded_rectangle([value * SCALE for value in area], radius * SCALE, fill, line,
                                    thick * SCALE)

    def words(self, center, words, size=18, bold=False, color=INK):
        self._write(center, words, (font(size, bold), color), "mm")

    def words_after(self, left, words, size=18, bold=False, color=INK):
        """Words that begin at `left`, the middle of their left edge."""
        self._write(left, words, (font(size, bold), color), "lm")

    def words_before(self, right, words, size=18, bold=False, color=INK):
        """Words that end at `right`, the middle of their right edge."""
        self._write(right, words, (font(size, bold), color), "rm")

    def _write(self, place, words, look, anchor):
        self.draw.multiline_text([value * SCALE for value in place], words, look[1], look[0],
                                 anchor=anchor, align="center" if anchor == "mm" else "left",
                                 spacing=4 * SCALE)

    def line(self, points, color=GREY, thick=2):
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], color, thick * SCALE,
                       joint="curve")

    def shape(self, points, fill, line=None):
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill, line)

    def arrow(self, start, end, color=GREY, thick=3):
        """A straight line with a head; horizontal or vertical."""
        self.line([start, end], color, thick)
        (x0, y0), (x1, y1) = start, end
        step_x, step_y = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
        back_x, back_y = x1 - 12 * step_x, y1 - 12 * step_y
        self.shape([(x1, y1), (back_x + 7 * step_y, back_y + 7 * step_x),
                    (back_x - 7 * step_y, back_y - 7 * step_x)], color)

    def save(self, path, title, colors=64):
        """Writes a palette PNG; `colors` at most 256."""
        path.parent.mkdir(parents=True, exist_ok=True)
        notes = PngInfo()
        notes.add_text("Title", title)
        small = self.image.resize((self.width, self.height), Image.LANCZOS)
        small.quantize(colors, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            path, optimize=True, pnginfo=notes)


def title_block(picture, title, number, day):
    """The firm's head and foot for a drawn sheet."""
    picture.words_after((40, 40), title, 30, True, ACCENT)
    picture.words_before((picture.width - 40, 40), f"Brenner Feinwerk GmbH  ·  {number}  ·  {day}",
                         16,
                  False, GREY)
    picture.line([(40, 66), (picture.width - 40, 66)], ACCENT, 2)
