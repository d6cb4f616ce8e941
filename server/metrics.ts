/** Counters, gauges and histograms in Prometheus' text format: the little of it that is needed here. */
export type Labels = Readonly<Record<string, string>>

export type Metrics = {
  count(name: string, help: string, labels?: Labels, by?: number): void
  gauge(name: string, help: string, read: () => number): void
  observe(name: string, help: string, labels: Labels, seconds: number): void
  text(): string
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

type Family = { readonly help: string; readonly type: string; lines(): string[] }
type Histogram = { readonly labels: Labels; readonly buckets: number[]; sum: number; count: number }

export function createMetrics(): Metrics {
  const families = new Map<string, Family>()
  const counters = new Map<string, Map<string, number>>()
  const histograms = new Map<string, Map<string, Histogram>>()
  const within = <T>(
    all: Map<string, Map<string, T>>,
    name: string,
    help: string,
    type: string,
    lines: (series: Map<string, T>) => string[],
  ): Map<string, T> => {
    const series = all.get(name) ?? new Map<string, T>()
    all.set(name, series)
    if (!families.has(name)) families.set(name, { help, type, lines: () => lines(series) })
    return series
  }
  return {
    count(name, help, labels = {}, by = 1) {
      const series = within(counters, name, help, 'counter', (all) =>
        [...all].map(([key, value]) => `${name}${key} ${value}`),
      )
      const key = labelText(labels)
      series.set(key, (series.get(key) ?? 0) + by)
    },
    gauge(name, help, read) {
      families.set(name, { help, type: 'gauge', lines: () => [`${name} ${read()}`] })
    },
    observe(name, help, labels, seconds) {
      const series = within(histograms, name, help, 'histogram', (all) =>
        [...all.values()].flatMap((one) => histogramLines(name, one)),
      )
      const key = labelText(labels)
      const one = series.get(key) ?? { labels, buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
      series.set(key, one)
      addTo(one, seconds)
    },
    text: () =>
      [...families]
        .flatMap(([name, { help, type, lines }]) => [
          `# HELP ${name} ${help}`,
          `# TYPE ${name} ${type}`,
          ...lines(),
        ])
        .join('\n')
        .concat('\n'),
  }
}

function addTo(histogram: Histogram, seconds: number): void {
  histogram.sum += seconds
  histogram.count += 1
  for (const [index, limit] of BUCKETS.entries()) {
    if (seconds <= limit) histogram.buckets[index] = (histogram.buckets[index] ?? 0) + 1
  }
}

function histogramLines(name: string, { labels, buckets, sum, count }: Histogram): string[] {
  return [
    ...BUCKETS.map(
      (limit, index) =>
        `${name}_bucket${labelText({ ...labels, le: String(limit) })} ${buckets[index]}`,
    ),
    `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${labelText(labels)} ${sum}`,
    `${name}_count${labelText(labels)} ${count}`,
  ]
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, '\\$&').replaceAll('\n', 'n')}"`,
  )
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}
