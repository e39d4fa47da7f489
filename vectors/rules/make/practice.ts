import { keeps, type RuleVector } from './vector.ts'

/** What banks ask for beyond the documents. */
export const practiceVectors: readonly RuleVector[] = [
  keeps('practice.seal-purposes', 'documents', 'A seal with a purpose for documents.', {
    options: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.36'] },
  }),
]
