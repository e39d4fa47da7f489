import { type CodeInfo, citationOf } from '../../core/codes.ts'
import { Psd2Error } from '../../core/errors.ts'

const source = { document: 'EBA payment institutions register', clause: 'JSON specification' }

/** Everything that an answer of the register can say, and everything that can be wrong with its files. */
export const registerCodes = {
  REGISTER_MATCH: note('the register has the institution', 'nothing is to be done'),
  REGISTER_NO_MATCH: refuse(
    'the register has no institution of this number',
    'check the identifier; a credit institution stands in no part of this register',
  ),
  REGISTER_IDENTIFIER: refuse('this is no organizationIdentifier', 'give it as the certificate has it'),
  REGISTER_SCHEME: refuse(
    'the identifier is no authorization number (PSD), and other numbers are not looked up',
    'ask the register by hand',
  ),
  REGISTER_AUTHORITY: refuse(
    'the authority of the identifier is none of the register',
    'check the authority, or ask its own register',
  ),
  REGISTER_AUTHORITY_EMPTY: refuse(
    'the register has nothing of this authority',
    'ask the register of the authority itself',
  ),
  REGISTER_NUMBERING: refuse(
    'the authority has other numbers in certificates than in the register, so that neither a hit nor a miss proves anything',
    'ask the register of the authority itself, or give an alias that was checked by hand',
  ),
  REGISTER_CREDIT_INSTITUTION: refuse(
    'this may be a credit institution, and those do not stand in this register',
    'ask the register of credit institutions',
  ),
  REGISTER_AMBIGUOUS: refuse('several institutions have this number', 'ask the register of the authority itself'),
  REGISTER_BRANCH: refuse(
    'the number is that of a branch, which has no authorisation of its own',
    'look at the institution that it belongs to',
  ),
  REGISTER_INCOMPLETE: refuse(
    'the number was not found, but some entries of the register could not be read',
    'fetch the register again, and index it anew',
  ),
  REGISTER_ALIAS: refuse('the alias names an entry that the register does not have', 'check the alias'),

  REGISTER_WITHDRAWN: refuse('the authorisation is withdrawn', 'do not accept the institution'),
  REGISTER_NOT_YET: refuse('the authorisation begins later', 'check the time that is asked about'),
  REGISTER_DATES: refuse(
    'when the authorisation holds cannot be told from the register',
    'ask the register of the authority itself',
  ),
  REGISTER_DAY: refuse(
    'the authorisation begins or ends on this very day, and the hour is not known',
    'ask again tomorrow, or ask the authority',
  ),
  REGISTER_NOT_A_PSP: refuse('the entry is of an undertaking that is exempt from the directive', 'it has no role'),
  REGISTER_ROLE_NOT_GRANTED: refuse(
    'the register does not have the service of this role for this country',
    'do not accept the role',
  ),
  REGISTER_ROLE_UNKNOWN: refuse('the register has no service that stands for this role', 'ask the authority'),

  EBA_INDEX_FORMAT: refuse('this is no index of the register', 'make one: psd2 trust eba index FILE --out INDEX'),
  EBA_INDEX_VERSION: refuse('the index was made by another version', 'make it anew: psd2 trust eba index'),
  EBA_INDEX_TRUNCATED: refuse('the index is cut off', 'make it anew, or copy it in full'),
  EBA_INDEX_DIGEST: refuse('the index was changed after it was made', 'make it anew, or copy it again'),
  EBA_ENTITY: refuse('an entry of the register has not the published shape', 'fetch the register again'),
} as const satisfies Record<string, CodeInfo>

export type RegisterCode = keyof typeof registerCodes

function note(says: string, mend: string): CodeInfo {
  return { leniency: 'note', ...source, says, mend }
}

function refuse(says: string, mend: string): CodeInfo {
  return { leniency: 'refuse', ...source, says, mend }
}

export function registerError(code: RegisterCode, path?: string, offset?: number, detail?: string): Psd2Error {
  const info = registerCodes[code]
  const met = detail === undefined ? '' : ` (${detail})`
  return new Psd2Error(code, `${info.says}${met}`, { path, offset, citation: citationOf(info), mend: info.mend })
}
