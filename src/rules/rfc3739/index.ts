import type { CertificateRule } from '../subject.ts'
import { semanticsInformation, syntax, syntaxV1 } from './statements.ts'

/** RFC 3739: the extension that QC statements stand in. */
export const rfc3739: readonly CertificateRule[] = [syntax, syntaxV1, semanticsInformation]
