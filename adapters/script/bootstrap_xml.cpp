#include "adapters/script/bootstrap.h"

namespace guildmark::script {

// The part of the DOM that reads. What an element is made of is the array that engine/scxml calls
// an xml value: name, attributes unless there are none, children. Everything is frozen.
const char* const xml = R"js((function () {
'use strict';
const { freeze, keys, hasOwn, defineProperty } = Object;
const { isArray } = Array;
const isTree = (tree) => isArray(tree) && typeof tree[0] === 'string' && tree.every((part, index) =>
    typeof part === 'string' || isTree(part) || (index === 1 && isAttributes(part)));
const isAttributes = (part) => typeof part === 'object' && part !== null && !isArray(part) &&
    keys(part).every((name) => typeof part[name] === 'string');
function listOf(items) {
    defineProperty(items, 'item', { value: freeze((index) => items[index] ?? null) });
    return freeze(items);
}
class XmlNode {
    #parent;
    constructor(parent) {
        this.#parent = parent;
    }
    get parentNode() {
        return this.#parent;
    }
    get nextSibling() {
        const siblings = this.#parent === null ? [this] : this.#parent.childNodes;
        return siblings[siblings.indexOf(this) + 1] ?? null;
    }
    get previousSibling() {
        const siblings = this.#parent === null ? [this] : this.#parent.childNodes;
        return siblings[siblings.indexOf(this) - 1] ?? null;
    }
}
class XmlText extends XmlNode {
    #text;
    constructor(text, parent) {
        super(parent);
        this.#text = text;
        freeze(this);
    }
    get nodeType() { return 3; }
    get nodeName() { return '#text'; }
    get nodeValue() { return this.#text; }
    get data() { return this.#text; }
    get textContent() { return this.#text; }
    get childNodes() { return listOf([]); }
    toString() { return this.#text; }
    toJSON() { return this.#text; }
}
const escape = (text) =>
    text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);
class XmlElement extends XmlNode {
    #name;
    #namespace;
    #attributes;
    #childNodes;
    constructor(tree, parent, outer) {
        super(parent);
        const hasAttributes = isAttributes(tree[1]);
        const { xmlns = outer, ...attributes } = hasAttributes ? tree[1] : {};
        this.#name = tree[0];
        this.#namespace = xmlns;
        this.#attributes = freeze(attributes);
        this.#childNodes = listOf(tree.slice(hasAttributes ? 2 : 1).map((part) => typeof part === 'string'
            ? new XmlText(part, this) : new XmlElement(part, this, xmlns)));
        freeze(this);
    }
    get nodeType() { return this.#name === '' ? 11 : 1; }
    get nodeName() { return this.#name === '' ? '#document-fragment' : this.#name; }
    get tagName() { return this.#name; }
    get localName() { return this.#name; }
    get namespaceURI() { return this.#namespace === '' ? null : this.#namespace; }
    get nodeValue() { return null; }
    get childNodes() { return this.#childNodes; }
    get children() { return listOf(this.#childNodes.filter((node) => node.nodeType === 1)); }
    get firstChild() { return this.#childNodes[0] ?? null; }
    get lastChild() { return this.#childNodes[this.#childNodes.length - 1] ?? null; }
    get firstElementChild() { return this.children[0] ?? null; }
    get textContent() { return this.#childNodes.map((node) => node.textContent).join(''); }
    get documentElement() {
        return this.parentNode !== null ? undefined : this.#name === '' ? this.firstElementChild : this;
    }
    get attributes() {
        return listOf(keys(this.#attributes).map((name) => freeze({
            name, nodeName: name, value: this.#attributes[name], nodeValue: this.#attributes[name] })));
    }
    hasChildNodes() { return this.#childNodes.length > 0; }
    hasAttribute(name) { return hasOwn(this.#attributes, name); }
    getAttribute(name) { return this.hasAttribute(name) ? this.#attributes[name] : null; }
    getAttributeNS(uri, name) { return this.getAttribute(uri ? `{${uri}}${name}` : name); }
    getElementsByTagName(name) {
        return listOf(this.children.flatMap((child) =>
            [...(name === '*' || child.tagName === name ? [child] : []), ...child.getElementsByTagName(name)]));
    }
    getElementsByTagNameNS(uri, name) {
        return listOf(this.getElementsByTagName(name).filter((element) =>
            uri === '*' || (element.namespaceURI ?? '') === (uri ?? '')));
    }
    toTree(outer) {
        const own = this.#namespace === outer ? {} : { xmlns: this.#namespace };
        const attributes = { ...own, ...this.#attributes };
        return [this.#name, ...(keys(attributes).length > 0 ? [attributes] : []),
            ...this.#childNodes.map((node) => node.nodeType === 3 ? node.data : node.toTree(this.#namespace))];
    }
    toJSON() { return { '#xml': this.toTree('') }; }
    toString() {
        const inside = this.#childNodes.map((node) => node.nodeType === 3 ? escape(node.data) : `${node}`).join('');
        if (this.#name === '') {
            return inside;
        }
        const outer = this.parentNode === null ? '' : this.parentNode.namespaceURI ?? '';
        const own = this.#namespace === outer ? '' : ` xmlns="${escape(this.#namespace)}"`;
        const attributes = this.attributes.map(({ name, value }) => ` ${name}="${escape(value)}"`).join('');
        return `<${this.#name}${own}${attributes}>${inside}</${this.#name}>`;
    }
}
return (key, value) => {
    const isXml = typeof value === 'object' && value !== null && keys(value).length === 1 && isTree(value['#xml']);
    return isXml ? new XmlElement(value['#xml'], null, '') : value;
};
})())js";

}  // namespace guildmark::script
