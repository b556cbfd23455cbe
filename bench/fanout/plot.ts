/** One line of a plot: what it is of, its colour, and its points, both coordinates from 0 to 1. */
export interface Line {
  readonly name: string
  readonly colour: string
  readonly points: readonly (readonly [number, number])[]
}

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT] = [720, 360, 60, 20, 50, 160]

interface Axis {
  readonly title: string
  /** Where a tick stands, from 0 to 1, and its text. */
  readonly ticks: readonly (readonly [number, string])[]
}

// Beside the end of each line, and below each other where ends are close together.
function namesOf(lines: readonly Line[], y: (at: number) => number): [Line, number][] {
  const ends = lines.map((line): [Line, number] => [line, y(line.points.at(-1)?.[1] ?? 0)])
  let least = 0
  return ends
    .sort(([, one], [, other]) => one - other)
    .map(([line, end]) => {
      const place = Math.max(end + 4, least)
      least = place + 16
      return [line, Math.round(place)]
    })
}

/** A plot as SVG; `ink` is the colour of its text, for a light or a dark ground. */
export function plot(title: string, lines: readonly Line[], across: Axis, up: Axis, ink: string): string {
  const x = (at: number) => (LEFT + at * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const y = (at: number) => (HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const text = (place: string, written: string) => `<text ${place} fill="${ink}">${written}</text>`
  const parts = [
    ...up.ticks.flatMap(([at, written]) => [
      `<path d="M${x(0)} ${y(at)}H${x(1)}" stroke="${ink}" stroke-opacity=".3"/>`,
      text(`x="${LEFT - 8}" y="${y(at)}" text-anchor="end" dominant-baseline="middle"`, written),
    ]),
    ...across.ticks.map(([at, written]) =>
      text(`x="${x(at)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle"`, written),
    ),
    text(`x="${x(0.5)}" y="${HEIGHT - 10}" text-anchor="middle"`, across.title),
    text(`x="${LEFT}" y="12"`, up.title),
    ...lines.map(({ colour, points }) => {
      const way = points.map(([one, other]) => `${x(one)} ${y(other)}`).join('L')
      return `<path d="M${way}" fill="none" stroke="${colour}" stroke-width="2"/>`
    }),
    ...namesOf(lines, (at) => Number(y(at))).map(
      ([{ name, colour }, place]) => `<text x="${WIDTH - RIGHT + 8}" y="${place}" fill="${colour}">${name}</text>`,
    ),
  ]
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`
  return `${head}\n<title>${title}</title>\n${parts.join('\n')}\n</svg>\n`
}
