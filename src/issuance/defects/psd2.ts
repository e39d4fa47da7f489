import { nullValue } from '../../der/writer.ts'
import type { LeafPlan } from '../leaf-plan.ts'
import { type Psd2Plan, type Role, roleOf } from '../qc-statements.ts'
import { both, type Defect } from './defect.ts'

/** Mistakes in the PSD2 statement of TS 119 495. */
export const psd2Defects = {
  'flattened-roles': {
    says: 'rolesOfPSP holds the object identifiers and names in turn, without a SEQUENCE around each pair.',
    kinds: both,
    requirement: 'TS119495:A-roles-shape',
    change: onStatement((psd2) => {
      psd2.rolesShape = 'flat'
    }),
  },
  'single-role-sequence': {
    says: 'rolesOfPSP holds one RoleOfPSP with all object identifiers and names in turn; needs two roles to show.',
    kinds: both,
    requirement: 'TS119495:A-roles-shape',
    change: onStatement((psd2) => {
      psd2.rolesShape = 'merged'
    }),
  },
  'single-qc-statement': {
    says: 'qcStatements is the PSD2 QCStatement itself, without the SEQUENCE OF around it and without the others.',
    kinds: both,
    requirement: 'RFC3739:3.2.6-syntax',
    change: (plan) => {
      plan.qc.shape = 'single'
    },
  },
  'nca-mismatch': {
    says: 'nCAId names another authority than organizationIdentifier.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.3-4-same',
    change: onStatement((psd2) => {
      psd2.ncaId = psd2.ncaId === 'DE-BAFIN' ? 'FR-ACPR' : 'DE-BAFIN'
    }),
  },
  'printable-nca': {
    says: 'nCAName and nCAId are PrintableString, with accents and other letters that it lacks left out.',
    kinds: both,
    requirement: 'TS119495:A-ncaname-tag',
    change: onStatement((psd2) => {
      psd2.ncaString = 'PrintableString'
      psd2.ncaName = printableOnly(psd2.ncaName)
      psd2.ncaId = printableOnly(psd2.ncaId)
    }),
  },
  'role-name-mismatch': {
    says: 'The first role has the name of another role than its object identifier.',
    kinds: both,
    requirement: 'TS119495:REG-5.2.2-5-match',
    change: onRoles(([first, ...others]) =>
      first === undefined ? [] : [{ oid: first.oid, name: first.name === 'PSP_PI' ? 'PSP_AI' : 'PSP_PI' }, ...others],
    ),
  },
  'role-long-names': {
    says: 'The roles are named in words, such as "Account Information", instead of PSP_AI.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.2-3-name',
    change: onRoles((roles) => roles.map((role) => ({ oid: role.oid, name: longNames[role.oid] ?? role.name }))),
  },
  'unknown-role': {
    says: 'A role 0.4.0.19495.1.99 that no edition knows stands behind the others.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.2-2-oid',
    change: onRoles((roles) => [...roles, { oid: '0.4.0.19495.1.99', name: 'PSP_XX' }]),
  },
  'no-roles': {
    says: 'rolesOfPSP is empty.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.2-1-nonempty',
    change: onRoles(() => []),
  },
  'duplicate-role': {
    says: 'The first role stands there twice.',
    kinds: both,
    requirement: 'TS119495:roles-dup',
    change: onRoles((roles) => [...roles, ...roles.slice(0, 1)]),
  },
  'unspecified-with-roles': {
    says: 'The role Unspecified stands beside others.',
    kinds: both,
    requirement: 'TS119495:GEN-5.2.2-1-unspec-alone',
    change: onRoles((roles) => [...roles, roleOf('Unspecified')]),
  },
  'two-psd2-statements': {
    says: 'qcStatements holds two PSD2 statements with different roles.',
    kinds: both,
    requirement: 'TS119495:GEN-5.1-1-statement',
    change: ({ qc }) => {
      const [first] = qc.psd2
      if (first === undefined) return
      const other = first.roles.some((role) => role.name === 'PSP_AS') ? 'PSP_IC' : 'PSP_AS'
      qc.psd2.push({ ...first, roles: [roleOf(other)] })
    },
  },
  'psd2-statement-trailing': {
    says: 'PSD2QcType has a fourth element, a NULL, after nCAId.',
    kinds: both,
    requirement: 'TS119495:GEN-5.1-3-syntax',
    change: onStatement((psd2) => {
      psd2.trailing = nullValue()
    }),
  },
  'missing-psd2-statement': {
    says: 'There is no PSD2 statement; all else claims a PSP.',
    kinds: both,
    requirement: 'TS119495:GEN-5.1-1-statement',
    change: ({ qc }) => {
      qc.psd2 = []
    },
  },
} as const satisfies Record<string, Defect>

const longNames: Readonly<Record<string, string>> = {
  '0.4.0.19495.1.1': 'Account Servicing',
  '0.4.0.19495.1.2': 'Payment Initiation',
  '0.4.0.19495.1.3': 'Account Information',
  '0.4.0.19495.1.4': 'Issuing of Card-Based Payment Instruments',
}

function onStatement(change: (psd2: Psd2Plan) => void): (plan: LeafPlan) => void {
  return (plan) => plan.qc.psd2.forEach(change)
}

function onRoles(change: (roles: readonly Role[]) => Role[]): (plan: LeafPlan) => void {
  return onStatement((psd2) => {
    psd2.roles = change(psd2.roles)
  })
}

function printableOnly(text: string): string {
  return text.normalize('NFD').replace(/[^A-Za-z0-9 '()+,./:=?-]/g, '')
}
