// Runs one chart on other engines, as far as they are installed below the folder that is named:
//
//     node peers.mjs FOLDER plain|scripted EVENTS
//
// Prints a line of JSON for each: {"name": "xstate 5.33.3", "macrosteps_per_second": 120000}.
// The chart: a ring of four states that count, beside two states whose guard reads the count.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, kind, count] = process.argv.slice(2);
const events = Number(count);
const require = createRequire(join(folder, "node_modules", "none.js"));
const guard = kind === "scripted" ? (x) => Math.min(x, 9) < 3 : (x) => x < 3;

function versionOf(name) {
  const file = join(folder, "node_modules", name, "package.json");
  return `${name} ${JSON.parse(readFileSync(file, "utf8")).version}`;
}

function rateOf(step) {
  const warm = Math.floor(events / 10);
  for (let at = 0; at < warm; ++at) step();
  const begin = process.hrtime.bigint();
  for (let at = 0; at < events; ++at) step();
  return (events * 1e9) / Number(process.hrtime.bigint() - begin);
}

function xstate() {
  const { assign, createActor, setup } = require("xstate");
  const machine = setup({
    actions: { count: assign({ x: ({ context }) => (context.x + 1) % 5 }) },
    guards: { low: ({ context }) => guard(context.x) },
  }).createMachine({
    context: { x: 0 },
    type: "parallel",
    states: {
      ring: {
        initial: "r0",
        states: Object.fromEntries(
          [0, 1, 2, 3].map((at) => [
            `r${at}`,
            { on: { tick: { target: `r${(at + 1) % 4}`, actions: "count" } } },
          ]),
        ),
      },
      guarded: {
        initial: "g0",
        states: {
          g0: { on: { tick: { target: "g1", guard: "low" } } },
          g1: { on: { tick: { target: "g0", guard: "low" } } },
        },
      },
    },
  });
  const actor = createActor(machine).start();
  const event = { type: "tick" };
  return rateOf(() => actor.send(event));
}

function scion() {
  const { Statechart } = require("@scion-scxml/core");
  let x = 0;
  const ring = [0, 1, 2, 3].map((at) => ({
    id: `r${at}`,
    transitions: [
      { event: "tick", target: `r${(at + 1) % 4}`, onTransition: () => { x = (x + 1) % 5; } },
    ],
  }));
  const guarded = [0, 1].map((at) => ({
    id: `g${at}`,
    transitions: [{ event: "tick", target: `g${1 - at}`, cond: () => guard(x) }],
  }));
  const chart = new Statechart({
    states: [
      { id: "p", $type: "parallel", states: [{ id: "ring", states: ring }, { id: "guarded", states: guarded }] },
    ],
  });
  chart.start();
  const event = { name: "tick" };
  return rateOf(() => chart.gen(event));
}

for (const [name, run] of [["xstate", xstate], ["@scion-scxml/core", scion]]) {
  let version;
  try {
    version = versionOf(name);
  } catch {
    continue;
  }
  console.log(JSON.stringify({ name: version, macrosteps_per_second: run() }));
}
