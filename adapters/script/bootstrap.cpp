#include "adapters/script/bootstrap.h"

namespace guildmark::script {

// What tells the time, is random, depends on the machine or on when memory is collected, is
// removed. What stays is frozen, so that no script can change what the functions below rely on.
// The whole is a function of what the text before it makes, and of whether the context is for pure
// expressions, see pure_context.h.
const char* const bootstrap = R"js((function (reviveXml, isPure) {
'use strict';
const world = globalThis;
for (const name of ['Date', 'Temporal', 'Intl', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef',
                    'FinalizationRegistry', 'ShadowRealm', 'console', 'print', 'gc', '$vm']) {
    delete world[name];
}
delete Math.random;
// What the last search found would be seen by the next script.
for (const name of Reflect.ownKeys(RegExp)) {
    if (typeof name === 'string' && !['length', 'name', 'prototype', 'escape'].includes(name)) {
        delete RegExp[name];
    }
}
for (const holder of [Object, Array, String, Number, BigInt, Int8Array.__proto__]) {
    for (const name of ['toLocaleString', 'localeCompare', 'toLocaleUpperCase', 'toLocaleLowerCase']) {
        delete holder.prototype[name];
    }
}
const { parse, stringify } = JSON;
const { defineProperty, freeze, keys, getOwnPropertyDescriptor, getPrototypeOf, create, is } = Object;
const { ownKeys, apply } = Reflect;
const functionSource = Function.prototype.toString;
const { isExtensible } = Object;
const evaluate = eval;  // Called by another name it runs in the global scope.
// What makes code of text, which would be none of a pure expression's own, and what tells whether a
// value can be changed, which there is another answer than elsewhere.
if (isPure) {
    const refused = () => { throw new TypeError('not of a pure expression'); };
    for (const made of [() => {}, function* () {}, async () => {}, async function* () {}]) {
        defineProperty(getPrototypeOf(made), 'constructor', { get: refused });
    }
    for (const name of ['isFrozen', 'isSealed', 'isExtensible', 'getOwnPropertyDescriptor',
                        'getOwnPropertyDescriptors']) {
        Object[name] = refused;
    }
}
const seen = new Set();
function freezeAll(value) {
    const stack = [value];
    while (stack.length > 0) {
        const next = stack.pop();
        if ((typeof next !== 'object' && typeof next !== 'function') || next === null || seen.has(next)) {
            continue;
        }
        seen.add(next);
        for (const key of ownKeys(next)) {
            const property = getOwnPropertyDescriptor(next, key);
            stack.push(property.value, property.get, property.set);
        }
        stack.push(getPrototypeOf(next));
        if (next !== world) {
            freeze(next);
        }
    }
}
freezeAll(world);
freezeAll(function* () {});
freezeAll(async function () {});
freezeAll(async function* () {});
freezeAll([][Symbol.iterator]());
freezeAll(''[Symbol.iterator]());
freezeAll(new Map()[Symbol.iterator]());
freezeAll(new Set()[Symbol.iterator]());
freezeAll(/a/[Symbol.matchAll](''));
const xml = reviveXml('', { '#xml': ['a', 'b'] });
freezeAll(xml);
freezeAll(xml.firstChild);
if (typeof Iterator === 'function' && Iterator.from) {
    freezeAll([].values().map((item) => item));
    freezeAll(Iterator.from({ next() {} }));
}

let known = create(null);  // Variables and the text that was last told for each.
let readOnly = create(null);
const builtIn = create(null);
for (const name of ownKeys(world)) {
    builtIn[name] = freeze(getOwnPropertyDescriptor(world, name));
}
const builtInNames = ownKeys(world);
const worldPrototype = getPrototypeOf(world);

function freezeValue(value) {
    if (typeof value === 'object' && value !== null) {
        for (const name of keys(value)) {
            freezeValue(value[name]);
        }
        freeze(value);
    }
    return value;
}
// JSON has no half of a surrogate pair.
function wellFormed(key, value) {
    return typeof value === 'string' ? value.toWellFormed() : value;
}
// The source of a function, if a function can be made of that again.
function functionOf(value, before) {
    const text = apply(functionSource, value, []);
    if (before !== 'c' + text && typeof evaluate('(' + text + '\n)') !== 'function') {
        throw new TypeError('its source is no expression');
    }
    return { kind: 'c', text };
}
function read(json) {
    return json.includes('"#xml"') ? parse(json, reviveXml) : parse(json);
}
function withUndefined(value, members) {
    for (const member of parse(members)) {
        value[member] = undefined;
    }
    return value;
}
function membershipIn(json) {
    const members = create(null);
    for (const member of parse(json)) {
        members[member] = true;
    }
    return freeze((id) => typeof id === 'string' && members[id] === true);
}
function textOf(value) {
    if (typeof value === 'number' && (value - value !== 0 || is(value, -0))) {
        return { kind: 'n', text: is(value, -0) ? '-0' : '' + value };
    }
    let text = stringify(value);
    if (text === undefined) {
        return { kind: 'u', text: '' };
    }
    if (text.includes('\\ud')) {
        text = stringify(value, wellFormed);
    }
    return { kind: 'v', text };
}
function set(name, value, isReadOnly) {
    defineProperty(world, name,
        { value, writable: !isReadOnly, enumerable: !isReadOnly, configurable: true });
}
function tell(out, name, kind, text) {
    known[name] = kind + text;
    out[out.length] = name;
    out[out.length] = kind;
    out[out.length] = text;
}
return {
    define(name, json) {
        const value = read(json);
        delete readOnly[name];
        set(name, value, false);
        known[name] = 'v' + stringify(value);
    },
    define_undefined(name) {
        delete readOnly[name];
        set(name, undefined, false);
        known[name] = 'u';
    },
    // What a class extends may not be there yet; it is defined again when the document's scripts ran.
    define_function(name, source) {
        delete readOnly[name];
        let value;
        try {
            value = evaluate('(' + source + '\n)');
        } catch {
            value = undefined;
        }
        set(name, value, false);
        known[name] = 'c' + source;
    },
    define_read_only(name, json, undefinedMembers) {
        readOnly[name] = true;
        delete known[name];
        set(name, freezeValue(withUndefined(read(json), undefinedMembers)), true);
    },
    membership: membershipIn,
    // The names of the functions that scripts have declared; nothing when they declared other things.
    declared() {
        const names = ownKeys(world).filter((name) => builtIn[name] === undefined);
        return names.every((name) => typeof name === 'string' && typeof world[name] === 'function')
            ? names.join() : undefined;
    },
    frozen(json, undefinedMembers) {
        return freezeValue(withUndefined(read(json), undefinedMembers));
    },
    close() {
        freeze(world);
    },
    define_membership(name, json) {
        readOnly[name] = true;
        set(name, membershipIn(json), true);
    },
    execute(statements) {
        evaluate(statements);
    },
    // Takes back whatever was defined; false when that cannot be done.
    clean() {
        for (const name of ownKeys(world)) {
            const original = builtIn[name];
            if (original === undefined) {
                delete world[name];
                continue;
            }
            const property = getOwnPropertyDescriptor(world, name);
            if (!is(property.value, original.value) || property.get !== original.get ||
                property.writable !== original.writable || property.enumerable !== original.enumerable) {
                defineProperty(world, name, original);
            }
        }
        for (const name of builtInNames) {
            if (getOwnPropertyDescriptor(world, name) === undefined) {
                defineProperty(world, name, builtIn[name]);
            }
        }
        known = create(null);
        readOnly = create(null);
        return ownKeys(world).length === builtInNames.length && isExtensible(world) &&
            getPrototypeOf(world) === worldPrototype;
    },
    describe(value) {
        if (typeof value === 'function') {
            return 'c';
        }
        if (typeof value === 'symbol') {
            throw new TypeError('the value is a ' + typeof value + ', which cannot be kept');
        }
        const { kind, text } = textOf(value);
        return kind + text;
    },
    // A flat list: name, kind, text, and so on, sorted, because the engine's own order of globals is
    // not fixed. A variable that cannot be told is an error once.
    changes() {
        const out = [];
        let failure;
        for (const name of keys(world).sort()) {
            const property = getOwnPropertyDescriptor(world, name);
            if (readOnly[name] || builtIn[name] || !('value' in property)) {
                continue;
            }
            const isFunction = typeof property.value === 'function';
            if (!(name in known) && (isFunction || property.value === undefined)) {
                continue;
            }
            try {
                const { kind, text } =
                    isFunction ? functionOf(property.value, known[name]) : textOf(property.value);
                if (known[name] !== kind + text && !(kind === 'u' && !(name in known))) {
                    tell(out, name, kind, text);
                }
            } catch (error) {
                failure = new TypeError('the variable ' + name + ' cannot be kept: ' + error.message);
            }
        }
        for (const name of keys(known).sort()) {
            if (known[name] !== 'u' && getOwnPropertyDescriptor(world, name) === undefined) {
                tell(out, name, 'u', '');
            }
        }
        return { out, failure };
    },
};
}))js";

}  // namespace guildmark::script
