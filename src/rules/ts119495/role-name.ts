import type { CertificateRule } from '../subject.ts'
import { ts119495Clause } from './citation.ts'
import { hasPsd2Statement } from './parts.ts'

/** TS 119 495 REG-5.2.2-5. */
export const roleName: CertificateRule = {
  id: 'ts119495.role-name',
  requirement: 'TS119495:REG-5.2.2-5-match',
  citation: ts119495Clause('REG-5.2.2-5'),
  modal: 'shall',
  grounding: 'A',
  title: 'the name of each role is that of its object identifier',
  why: 'banks that compare names and banks that compare identifiers would grant different roles',
  mend: 'have the certificate issued with the name that belongs to the identifier',
  applies: hasPsd2Statement,
  codes: ['PSD2_ROLE_NAME'],
}
