import { mostRows, mostSections } from './document.ts'
import type { HtmlPage } from './section.ts'

/**
 * Of many pages those that the document shows: the worst, in order of the run where they are alike. Done with the pages
 * of a part first and with those of all parts then, it gives the same.
 */
export function worstPages(pages: readonly HtmlPage[]): HtmlPage[] {
  const sorted = [...pages].sort((a, b) => a.grade - b.grade || a.number - b.number)
  return sorted
    .slice(0, mostRows)
    .map((page, index) => (index < mostSections || page.section === '' ? page : { ...page, section: '' }))
}
