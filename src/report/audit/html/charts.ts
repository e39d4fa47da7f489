import { escapeMarkup } from '../../escape.ts'
import { countText } from '../words.ts'

/** One bar of a chart. */
export interface Bar {
  readonly label: string
  readonly count: number
  /** Class of the colour. */
  readonly tone: string
  /** Where the label leads to. */
  readonly href?: string
}

const number = (value: number): string => value.toLocaleString('en-GB')

/** One bar in parts of a whole, with a legend that says the same in words. */
export function partsChart(title: string, parts: readonly Bar[]): string {
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  const told = parts.map(({ label, count }) => `${label} ${number(count)}`).join(', ')
  let x = 0
  const bars = parts
    .filter(({ count }) => count > 0)
    .map(({ count, tone }) => {
      const wide = (count / total) * 1000
      const bar = `<rect class="${tone}" x="${x.toFixed(2)}" y="0" width="${Math.max(wide - 2, 1).toFixed(2)}" height="28" rx="2"/>`
      x += wide
      return bar
    })
  const legend = parts.map(
    ({ label, count, tone }) =>
      `<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="${tone}" width="10" height="10" rx="2"/></svg><strong>${number(count)}</strong> ${escapeMarkup(label)}${total > 0 ? ` <span class="dim">${percent(count, total)}</span>` : ''}</li>`,
  )
  return `<figure><figcaption>${escapeMarkup(title)}</figcaption><svg class="parts" viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" aria-label="${escapeMarkup(`${title}: ${told}`)}">${bars.join('')}</svg><ul class="legend">${legend.join('')}</ul></figure>`
}

function percent(count: number, total: number): string {
  const share = (count / total) * 100
  return share > 0 && share < 1 ? 'under 1 %' : `${Math.round(share)} %`
}

/** A table whose last column shows its numbers as bars: what is seen and what is read aloud are one. */
export function barTable(title: string, head: string, unit: string, bars: readonly Bar[], more = ''): string {
  const largest = Math.max(1, ...bars.map(({ count }) => count))
  const rows = bars.map(({ label, count, tone, href }) => {
    const text = escapeMarkup(label)
    const name = href === undefined ? text : `<a href="${href}">${text}</a>`
    const wide = count === 0 ? '0' : Math.max((count / largest) * 200, 1).toFixed(1)
    const svg = `<svg class="bar" viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true"><rect class="${tone}" width="${wide}" height="12" rx="2"/></svg>`
    return `<tr><th scope="row">${name}</th><td class="n">${number(count)}</td><td class="chart">${svg}</td></tr>`
  })
  const empty = '<tr><td colspan="3" class="dim">none</td></tr>'
  return `<figure><table class="bars"><caption>${escapeMarkup(title)}</caption><thead><tr><th scope="col">${escapeMarkup(head)}</th><th scope="col" class="n">${escapeMarkup(unit)}</th><td></td></tr></thead><tbody>${rows.length === 0 ? empty : rows.join('')}</tbody></table>${more}</figure>`
}

const chart = { width: 1000, height: 200, bottom: 36, top: 22 }

/** Certificates by the month in which they end. */
export function expiryChart(expiry: Readonly<Record<string, number>>, at: string): string {
  const months = Object.keys(expiry)
    .filter((key) => /^\d{4}-\d{2}$/.test(key))
    .sort()
  const [first] = months
  const last = months.at(-1)
  const outside = (['earlier', 'later', 'others'] as const)
    .filter((key) => (expiry[key] ?? 0) > 0)
    .map((key) => `${countText(expiry[key] ?? 0, 'certificate')} ${outsideWords[key]}`)
  const beside = outside.length === 0 ? '' : `<p class="dim">Not in the chart: ${outside.join('; ')}.</p>`
  if (first === undefined || last === undefined) return beside
  const now = monthNumber(at.slice(0, 7))
  const from = Math.min(monthNumber(first), now)
  const until = Math.max(monthNumber(last), now) + 1
  const step = chart.width / Math.max(until - from, 12)
  const largest = Math.max(...months.map((month) => expiry[month] ?? 0))
  const high = chart.height - chart.bottom - chart.top
  const base = chart.height - chart.bottom
  const parts: string[] = []
  for (let month = from; month <= until; month++) {
    if (month % 12 !== 0 && month !== from) continue
    const x = ((month - from) * step).toFixed(1)
    parts.push(`<line class="grid" x1="${x}" x2="${x}" y1="${chart.top}" y2="${base + 5}"/>`)
    const tooNear = month === from && (12 - (month % 12)) * step < 60 && month % 12 !== 0
    if (!tooNear && month < until) parts.push(`<text x="${Number(x) + 3}" y="${base + 20}">${monthName(month)}</text>`)
  }
  for (const month of months) {
    const place = monthNumber(month)
    const count = expiry[month] ?? 0
    const tall = Math.max((count / largest) * high, 2)
    const tone = place < now ? 'bad' : place - now < 3 ? 'warn' : 'neutral'
    const x = (place - from) * step
    parts.push(
      `<rect class="${tone}" x="${(x + step * 0.1).toFixed(1)}" y="${(base - tall).toFixed(1)}" width="${(step * 0.8).toFixed(1)}" height="${tall.toFixed(1)}"><title>${month}: ${number(count)}</title></rect>`,
    )
    if (count === largest) {
      parts.push(
        `<text class="value" x="${(x + step / 2).toFixed(1)}" y="${(base - tall - 5).toFixed(1)}">${number(count)}</text>`,
      )
    }
  }
  const x = ((now - from + 0.5) * step).toFixed(1)
  parts.push(`<line class="axis" x1="0" x2="${chart.width}" y1="${base}" y2="${base}"/>`)
  parts.push(`<line class="now" x1="${x}" x2="${x}" y1="${chart.top - 10}" y2="${base}"/>`)
  parts.push(`<text class="now" x="${Number(x) + 4}" y="${chart.top - 6}">audit</text>`)
  const rows = months.map(
    (month) => `<tr><th scope="row">${month}</th><td class="n">${number(expiry[month] ?? 0)}</td></tr>`,
  )
  const numbers = `<details><summary>Numbers</summary><table class="bars"><thead><tr><th scope="col">Month</th><th scope="col" class="n">Certificates</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`
  return `<figure><figcaption>End of validity, by month</figcaption><svg class="timeline" viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-label="Certificates by the month in which they end, ${monthName(from)} to ${monthName(until - 1)}; the numbers are in the table below">${parts.join('')}</svg><ul class="legend"><li>${swatch('bad')}before the audit</li><li>${swatch('warn')}within three months</li><li>${swatch('neutral')}later</li></ul>${beside}${numbers}</figure>`
}

const outsideWords = {
  earlier: 'ended over five years before',
  later: 'ends over five years after',
  others: 'end at no month',
}

function swatch(tone: string): string {
  return `<svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="${tone}" width="10" height="10" rx="2"/></svg>`
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

function monthName(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
}
