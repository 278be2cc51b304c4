// The transport's icons, drawn on a 24 x 24 grid in the colour of the text.

const draw = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`

export const ICONS = {
  restart: draw("M5 5h2.5v14H5zM20 5.5v13L9.5 12z"),
  back: draw("M17 5.5v13L7.5 12z"),
  play: draw("M7 4.5v15L20 12z"),
  pause: draw("M6.5 5h4v14h-4zM13.5 5h4v14h-4z"),
  forward: draw("M7 5.5v13l9.5-6.5z"),
  present: draw("M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z"),
}
