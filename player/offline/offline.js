// A page that is one file and plays without a server: its scenes, one at a time, what is said of each, and the player.
// All of it is in the page, packed (export/offline.py says how): every text is text.

import { element } from "../js/element.js"
import { inflate, split, unpackAll } from "../js/parts.js"
import { mount } from "../js/player.js"
import { Shelf } from "../js/shelf.js"

const dark = matchMedia("(prefers-color-scheme: dark)")

class Book {
  constructor({ labels, scenes, words }, parts) {
    Object.assign(this, { labels, scenes, words, shelf: new Shelf(parts), answers: new Map() })
    this.contents = element("nav", { ariaLabel: words.contents, hidden: scenes.length < 2 })
    this.said = element("div", { className: "said" })
    this.stage = element("div", {}, [element("div", { className: "sigmascope-player" })])
    this.after = element("div", { className: "after" })
    document.querySelector("main").append(this.contents, this.said, this.stage, this.after)
    addEventListener("hashchange", () => this.open())
    dark.addEventListener("change", () => this.show())
  }

  get number() {
    const number = Math.floor(Number(location.hash.slice(1)))
    return number >= 1 && number <= this.scenes.length ? number : 1
  }

  get scene() {
    return this.scenes[this.number - 1]
  }

  // Opens the scene that the address names.
  open() {
    const { scene } = this
    this.layout = scene.story.length ? "story" : "full"
    this.view = Object.keys(scene.views)[0]
    document.title = scene.title
    this.contents.replaceChildren(...this.scenes.map(({ title }, i) => {
      return element("a", { href: `#${i + 1}`, textContent: title, ariaCurrent: i + 1 === this.number ? "page" : null })
    }))
    this.write()
    this.show()
  }

  // Writes what stands around the player.
  write() {
    const { answer, scene, words } = this
    const lines = scene.text.map((textContent) => element("p", { textContent }))
    const formulas = scene.formulas.map((textContent) => element("p", { className: "formula", textContent }))
    const heading = scene.story.length ? [] : [element("h1", { textContent: scene.title })]
    this.said.replaceChildren(...heading, ...lines, ...formulas, ...(scene.ask ? [this.#question()] : []))
    const isTold = !scene.ask || answer !== undefined
    const few = element("button", { type: "button", textContent: words.few, onclick: () => this.#tell("layout", "story") })
    this.after.replaceChildren(
      ...(scene.story.length && this.layout === "full" ? [few] : []),
      element("h2", { textContent: words.ended }),
      ...(isTold ? scene.endings : [words.first]).map((textContent) => element("p", { textContent })),
      ...(scene.link ? [element("a", { href: scene.link, textContent: words.open, rel: "noopener" })] : []),
    )
  }

  get answer() {
    return this.answers.get(this.number)
  }

  #question() {
    const { answer, scene: { after, ask, options, right }, words } = this
    const choices = options.map((text, i) => {
      const choice = element("input", { type: "radio", name: "answer", checked: i === answer })
      choice.addEventListener("change", () => this.#choose(i))
      return element("label", {}, [choice, text])
    })
    const isRight = answer === right ? words.yes : words.no.replace("{answer}", options[right])
    const verdict = right in options ? isRight : ""
    const told = answer === undefined ? [] : [element("p", { className: "verdict", textContent: `${verdict} ${after}` })]
    return element("fieldset", {}, [element("legend", { textContent: ask }), ...choices, ...told])
  }

  #choose(option) {
    this.answers.set(this.number, option)
    this.write()
    this.said.querySelectorAll("input")[option].focus()
    this.show()
  }

  // Puts the scene's picture into the player, in the colours that the reader's device prefers.
  show() {
    const { answer, labels, layout, scene, shelf, stage, view } = this
    const key = String(this.number)
    const views = Object.entries(scene.views).map(([name, { title }]) => [name, title])
    const charts = layout === "story" ? scene.story : scene.views[view].charts
    shelf.show(scene.pictures[dark.matches ? "dark" : "light"], charts)
    const veiled = Boolean(scene.ask) && answer === undefined
    const data = { key, labels, views: views.length > 1 ? views : [], view, axes: "", layout, veiled, locked: scene.locked, guided: scene.guided }
    mount(stage, shelf, data, (name, value) => this.#tell(name, value))
  }

  #tell(name, value) {
    if (name !== "view" && name !== "layout") return
    this[name] = value
    this.write()
    this.show()
  }
}

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;/=>?@^_`{|}~" // of base 85

// The bytes that five signs for every four of them stand for.
function bytesOf(text) {
  const values = new Uint8Array(128)
  for (let i = 0; i < SIGNS.length; i++) values[SIGNS.charCodeAt(i)] = i
  const bytes = new DataView(new ArrayBuffer(Math.ceil(text.length / 5) * 4))
  for (let at = 0, to = 0; at < text.length; at += 5, to += 4) {
    let value = 0
    for (let i = at; i < at + 5; i++) value = 85 * value + (i < text.length ? values[text.charCodeAt(i)] : 84)
    bytes.setUint32(to, value)
  }
  return new Uint8Array(bytes.buffer, 0, Math.floor((text.length * 4) / 5))
}

const read = (id) => inflate(bytesOf(document.getElementById(id).textContent), "gzip")
const plotly = new TextDecoder().decode(await read("plotly"))
document.head.append(element("script", { textContent: plotly }))
const [book, packed] = split(await read("book"))
new Book(book, await unpackAll(book.parts, packed)).open()
