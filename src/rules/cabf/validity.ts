import { validityPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { isForBrowsers } from '../web-regime.ts'
import { baselineClause } from './citation.ts'

const day = 86_400_000

/** BR 6.3.2: the most days, for what was issued from that day on. Newest first. */
const limits: readonly (readonly [from: number, days: number])[] = [
  [Date.UTC(2029, 2, 15), 47],
  [Date.UTC(2027, 2, 15), 100],
  [Date.UTC(2026, 2, 15), 200],
  [Date.UTC(2020, 8, 1), 398],
  [Date.UTC(2018, 2, 1), 825],
]

/** BR 6.3.2. */
export const validityLimit: CertificateRule = {
  id: 'cabf.validity',
  requirement: 'BR:6.3.2-validity',
  citation: baselineClause('6.3.2'),
  modal: 'shall',
  grounding: 'C',
  title: 'a certificate for browsers lives no longer than was allowed on the day of its issue',
  why: 'browsers and TLS libraries refuse a certificate with a longer life, whatever the bank thinks of it',
  mend: 'have the certificate issued for fewer days, and renew it by machine',
  effective: { from: '2018-03-01' },
  applies: isForBrowsers,
  check: ({ certificate }, report) => {
    const { notBefore, notAfter } = certificate.validity
    const from = notBefore.getTime()
    const limit = limits.find(([since]) => from >= since)?.[1] as number
    // The last second belongs to the period.
    const days = (notAfter.getTime() - from + 1000) / day
    if (days <= limit) return
    report(validityPlace(certificate), {
      message: `the certificate is valid for more than ${limit} days`,
      actual: `${Math.ceil(days * 100) / 100} days`,
      expected: `at most ${limit} days`,
    })
  },
}
