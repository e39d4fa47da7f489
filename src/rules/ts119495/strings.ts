import type { Deviation } from '../../core/codes.ts'
import type { CertificateRule } from '../subject.ts'
import { ts119495Clause } from './citation.ts'
import { hasPsd2Statement } from './parts.ts'

/** Annex A gives the three texts of the statement one type and one size: the fields that have it, and their rows. */
const fields = [
  { field: 'roleOfPspName', slug: 'role-name', tagRow: 'A-role-tag', sizeRow: 'A-rolename-size' },
  { field: 'nCAName', slug: 'nca-name', tagRow: 'A-ncaname-tag', sizeRow: 'A-ncaname-size' },
  { field: 'nCAId', slug: 'nca-id', tagRow: 'A-ncaid-tag', sizeRow: 'A-ncaid-size' },
] as const

const common = {
  citation: ts119495Clause('Annex A'),
  modal: 'shall',
  grounding: 'B',
  applies: hasPsd2Statement,
} as const

/** TS 119 495 Annex A: `UTF8String (SIZE (1..256))`. */
export const stringRules: readonly CertificateRule[] = fields.flatMap(({ field, slug, tagRow, sizeRow }) => {
  const takes = ({ path }: Deviation): boolean => path.endsWith(`.${field}`)
  return [
    {
      ...common,
      id: `ts119495.${slug}-string`,
      requirement: `TS119495:${tagRow}`,
      title: `${field} is a UTF8String`,
      why: 'readers made from the ASN.1 module of the document refuse any other string type',
      mend: `have the certificate issued with ${field} as UTF8String`,
      codes: ['PSD2_STRING_TYPE'],
      takes,
    },
    {
      ...common,
      id: `ts119495.${slug}-size`,
      requirement: `TS119495:${sizeRow}`,
      title: `${field} has 1 to 256 characters`,
      why: 'readers made from the ASN.1 module of the document refuse an empty or longer text',
      mend: `have the certificate issued with 1 to 256 characters in ${field}`,
      codes: ['PSD2_STRING_SIZE'],
      takes,
    },
  ]
})
