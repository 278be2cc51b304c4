// Draws panels with Plotly one by one, each between two paints, so that the canvas answers first and keeps its pace.

const CALM = 4 // pause for so many times as long as the last panel took

export class RenderQueue {
  constructor(root) {
    this.root = root
    this.waiting = new Set()
    this.took = 0
  }

  // calm: leave pauses between, because more is to come at once.
  add(panels, calm = false) {
    this.calm = calm
    panels.forEach((panel) => this.waiting.add(panel))
    this.root.dataset.ready = "false"
    this.working ??= this.#work().finally(() => (this.working = null))
  }

  clear() {
    this.waiting.clear()
  }

  async #work() {
    for (const panel of this.waiting) {
      await nextPaint()
      if (this.calm) await new Promise((resolve) => setTimeout(resolve, CALM * this.took))
      const began = performance.now()
      if (this.waiting.delete(panel)) await panel.render()
      this.took = performance.now() - began
    }
    this.root.dataset.ready = "true"
  }
}

// Resolves after the browser has painted, or soon where it does not paint (a hidden tab).
export function nextPaint() {
  return new Promise((resolve) => {
    const hidden = setTimeout(resolve, 200)
    requestAnimationFrame(() => {
      clearTimeout(hidden)
      setTimeout(resolve)
    })
  })
}
