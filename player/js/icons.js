// The transport's icons, drawn on a 24 x 24 grid in the colour of the text.

const draw = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`

export const ICONS = {
  restart: draw("M5 5h2.5v14H5zM20 5.5v13L9.5 12z"),
  back: draw("M17 5.5v13L7.5 12z"),
  play: draw("M7 4.5v15L20 12z"),
  pause: draw("M6.5 5h4v14h-4zM13.5 5h4v14h-4z"),
  forward: draw("M7 5.5v13l9.5-6.5z"),
  reach: draw(
    "M12 5C6 5 2 8.1 2 12s4 7 10 7 10-3.1 10-7-4-7-10-7zm0 2c4.9 0 8 2.3 8 5s-3.1 5-8 5-8-2.3-8-5 3.1-5 8-5z"
      + "M11.3 11.3L17 11V8.8L21 12l-4 3.2V13l-5.7-.3z",
  ),
  follow: draw("M11 2h2v4h-2zM11 18h2v4h-2zM2 11h4v2H2zM18 11h4v2h-4zM12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"),
  equal: draw("M4 3h2v15h15v2H4zM8 9h7v7h-2v-5H8z"),
  guided: draw("M4 5h16v11h-9l-4 4v-4H4zM7 8v2h10V8zM7 11.5v2h7v-2z"),
  previous: draw("M15.5 5.5L9 12l6.5 6.5-1.5 1.5-8-8 8-8z"),
  next: draw("M8.5 5.5L15 12l-6.5 6.5 1.5 1.5 8-8-8-8z"),
  options: draw("M5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM12 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM19 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4z"),
  present: draw("M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z"),
}
