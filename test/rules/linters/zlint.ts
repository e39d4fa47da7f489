import type { Exception } from './pkilint.ts'

const psd2Encoding = [
  'ts119495.statement-syntax',
  'ts119495.roles-shape',
  'ts119495.role-name-string',
  'ts119495.role-name-size',
  'ts119495.nca-name-string',
  'ts119495.nca-name-size',
  'ts119495.nca-id-string',
  'ts119495.nca-id-size',
]

/** Which of our rules says what a lint of zlint says. */
export const zlintRules: Readonly<Record<string, readonly string[]>> = {
  e_duplicate_etsi_qcstatement: ['en319412-5.statement-twice'],
  e_etsi_natural_person_key_usage_correct_values: ['en319412-2.key-usage'],
  e_etsi_natural_person_key_usage_mandatory: ['en319412-2.key-usage'],
  e_policy_and_qctype_consistent: [
    'en319412-2.policy-consistent',
    'en319412-4.policy-consistent',
    'en319412-2.policy-recommended',
    'en319412-4.policy-recommended',
    'en319412-5.sscd',
    'en319412-5.sscd-web',
    'ts119495.web-policy-for-psd2-web',
  ],
  e_qcstatem_etsi_present_qcs_critical: ['en319412-5.critical'],
  e_qcstatem_etsi_type_as_statem: ['en319412-5.purpose-carrier', 'rfc3739.syntax'],
  e_qcstatem_mandatory_etsi_statems: ['en319412-5.compliance'],
  e_qcstatem_pds_must_have_https_only: ['en319412-5.pds-https'],
  e_qcstatem_psd2_national_scheme: ['en319412-1.registration-authorities'],
  e_qcstatem_psd2_orgid: [
    'ts119495.identifier-present',
    'en319412-3.organization-identifier',
    'en319412-1.identifier-format',
    'en319412-1.identifier-scheme',
  ],
  e_qcstatem_psd2_policy_mandatory: [
    'ts119495.web-policy-for-psd2-web',
    'ts119495.seal-policy',
    'en319412-2.policies-present',
    'en319412-2.policy-consistent',
    'en319412-4.policy-consistent',
    'en319412-5.sscd',
  ],
  e_qcstatem_psd2_psd: [
    'ts119495.nca-id-of-identifier',
    'ts119495.identifier-form',
    'ts119495.identifier-form-until-2021',
    'ts119495.identifier-country',
    ...psd2Encoding,
  ],
  e_qcstatem_psd2_psd2statem_encoding: psd2Encoding,
  e_qcstatem_psd2_psd2statem_ncaid_format: ['ts119495.nca-id-form', ...psd2Encoding],
  e_qcstatem_psd2_psd_subject: [
    'ts119495.nca-id-of-identifier',
    'ts119495.identifier-form',
    'ts119495.identifier-form-until-2021',
    'ts119495.identifier-country',
    ...psd2Encoding,
  ],
  e_qcstatem_psd2_roles: [
    'ts119495.role-identifier',
    'ts119495.role-name-known',
    'ts119495.role-name',
    'ts119495.roles-present',
    'ts119495.role-of-others',
    ...psd2Encoding,
  ],
  e_qcstatem_psd2_valid: psd2Encoding,
  e_qcstatem_psd2_vat_ntr: [
    'en319412-1.identifier-format',
    'en319412-1.identifier-scheme',
    'en319412-1.identifier-country',
    'en319412-1.identifier-subdivision',
  ],
  e_qcstatem_qccompliance_valid: ['en319412-5.compliance-information', 'rfc3739.syntax'],
  e_qcstatem_qclimitvalue_valid: ['en319412-5.limit-currency', 'en319412-5.limit-amount'],
  e_qcstatem_qcpds_valid: [
    'en319412-5.pds-syntax',
    'en319412-5.pds-language',
    'en319412-5.pds-english',
    'en319412-5.pds-duplicate',
  ],
  e_qcstatem_qctype_oneonly: ['en319412-5.type-one'],
  e_qcstatem_qctype_smime: ['en319412-5.type-one', 'en319412-5.eseal'],
  e_qcstatem_qctype_valid: ['en319412-5.type-one'],
  e_qcstatem_qctype_web: ['en319412-5.web', 'en319412-5.type', 'practice.seal-purposes'],
  e_qcstatem_repeated_stmt: ['en319412-5.statement-twice'],
  e_smime_qc_statements_must_not_be_critical: ['en319412-5.critical'],
  w_etsi_natural_person_key_usage_preferred_values: ['en319412-2.key-usage-unmixed'],
  w_qcstatem_psd2_policy_recommended: [
    'en319412-2.policy-recommended',
    'en319412-4.policy-recommended',
    'ts119495.seal-policy',
  ],
  w_qcstatem_psd2_psd2statem_ncaid_eulist: [
    'ts119495.nca-id-published',
    'ts119495.nca-id-in-force',
    'ts119495.nca-id-form',
    'ts119495.nca-id-country',
    ...psd2Encoding,
  ],
  w_qcstatem_qcpds_lang_case: ['en319412-5.pds-language-case'],
  w_qcstatem_qctype_web: ['en319412-5.web', 'en319412-5.type', 'practice.seal-purposes'],
}

export const zlintExceptions: readonly Exception[] = [
  ...['EvAltRegNumCert54OrgIdInvalid', 'EvAltRegNumCert60OrgIdInvalid', 'EvAltRegNumCert62OrgIdLenZero'].map(
    (file) => ({
      file,
      code: 'e_ev_orgid_etsi',
      reason: 'an EV certificate without qcStatements and ETSI policy: nothing in it says that ETSI EN 319 412 holds',
    }),
  ),
  {
    file: 'QcStmtEtsiMissingMandatoryCert14',
    code: 'e_qcstatem_mandatory_etsi_statems',
    reason: 'QcType alone, without policy: EN 319 412-5 4.2.3 has that for certificates that are not qualified',
  },
  ...['e_policy_and_qctype_consistent', 'e_qcstatem_psd2_policy_mandatory'].map((code) => ({
    file: 'QcStmtPsd2Cert105InconsistentPolicy',
    code,
    reason: 'QCP-l beside eseal and QcSSCD: the policy does not say that the key is in no device',
  })),
  {
    file: 'QcStmtPsd2Cert42OrgIdInvalid',
    code: 'e_qcstatem_psd2_orgid',
    reason: 'the lint passes a VAT identifier without a country, which another lint of the same set, and we, refuse',
  },
  {
    file: 'QcStmtPsd2Cert50CabfNtrSopSyntaxInPsd2Cert',
    code: 'e_qcstatem_psd2_vat_ntr',
    reason: 'a subdivision in a register number is of the EV Guidelines, which a QEVCP-w certificate follows',
  },
]
