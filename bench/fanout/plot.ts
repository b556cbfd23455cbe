/** One line of a plot: what it is of, its colour, and its points, both coordinates from 0 to 1. */
export interface Line {
  readonly name: string
  readonly colour: string
  readonly points: readonly (readonly [number, number])[]
}

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT] = [720, 360, 60, 20, 50, 160]
const GREY = '#808080'

interface Axis {
  readonly title: string
  /** Where a tick stands, from 0 to 1, and its text. */
  readonly ticks: readonly (readonly [number, string])[]
}

/** A plot as SVG, readable on light and on dark ground. */
export function plot(lines: readonly Line[], across: Axis, up: Axis): string {
  const x = (at: number) => (LEFT + at * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const y = (at: number) => (HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const text = (place: string, written: string) => `<text ${place} fill="${GREY}">${written}</text>`
  const parts = [
    ...up.ticks.flatMap(([at, written]) => [
      `<path d="M${x(0)} ${y(at)}H${x(1)}" stroke="${GREY}" stroke-opacity=".3"/>`,
      text(`x="${LEFT - 8}" y="${y(at)}" text-anchor="end" dominant-baseline="middle"`, written),
    ]),
    ...across.ticks.map(([at, written]) =>
      text(`x="${x(at)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle"`, written),
    ),
    text(`x="${x(0.5)}" y="${HEIGHT - 10}" text-anchor="middle"`, across.title),
    text(`x="${LEFT}" y="12"`, up.title),
    ...lines.flatMap(({ name, colour, points }, index) => {
      const [[lastX = 1, lastY = 0] = []] = points.slice(-1)
      const way = points.map(([one, other]) => `${x(one)} ${y(other)}`).join('L')
      return [
        `<path d="M${way}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        `<text x="${Number(x(lastX)) + 8}" y="${Number(y(lastY)) + 4 + 7 * (index % 2)}" fill="${colour}">${name}</text>`,
      ]
    }),
  ]
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`
  return `${head}\n${parts.join('\n')}\n</svg>\n`
}
