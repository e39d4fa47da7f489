import type { SubjectOptions } from '../../../src/rules/subject.ts'

/** Which of our rules says what a code of pkilint says. */
export const pkilintRules: Readonly<Record<string, readonly string[]>> = {
  'en_319_412_1.leg-5.1.4-03.invalid_scheme': ['en319412-1.identifier-scheme'],
  'en_319_412_1.leg-5.1.4-05.national_id_scheme_name_registration_authorities_missing': [
    'en319412-1.registration-authorities',
  ],
  'en_319_412_1.leg-5.1.4-05.national_id_scheme_name_registration_authorities_uri_missing': [
    'en319412-1.registration-authorities',
  ],
  'en_319_412_1.leg-5.1.6-03.eidas_legal_person_identifier_too_long': ['en319412-1.eidas-length'],
  'en_319_412_1.leg-5.1.4-02.invalid_format': ['en319412-1.identifier-format'],
  'en_319_412_1.leg-5.1.4-03.invalid_country': ['en319412-1.identifier-country'],
  'en_319_412_1.nat-5.1.3.invalid_identifier_country': ['en319412-1.natural-identifier'],
  'en_319_412_1.nat-5.1.3-05.national_id_scheme_name_registration_authorities_missing': [
    'en319412-1.natural-registration-authorities',
  ],
  'en_319_412_1.nat-5.1.3-06.national_id_scheme_name_registration_authorities_uri_missing': [
    'en319412-1.natural-registration-authorities',
  ],
  'en_319_412_2.nat-4.2.4-1.required_attribute_missing': ['en319412-2.natural-name'],
  'en_319_412_2.nat-4.2.4-3.prohibited_duplicate_attribute_present': ['en319412-2.natural-single'],
  'en_319_412_2.nat-4.2.4-4.mixed_pseudonym_and_name_attributes_present': ['en319412-2.natural-pseudonym'],
  'nat_5.1.5-03.invalid_syntax_serial': ['en319412-1.eidas-natural-identifier'],
  'nat_5.1.5-03.invalid_character_serial': ['en319412-1.eidas-natural-identifier'],
  'nat_5.1.5-03.invalid_iso_3166': ['en319412-1.eidas-natural-identifier'],
  'en_319_412_2.gen-4.2.5-1.discouraged_public_key_type': ['en319412-2.public-key-algorithm'],
  'en_319_412_2.gen-4.3.10-1.eku_extension_is_critical': ['en319412-2.extended-key-usage-critical'],
  'en_319_412_2.gen-4.3.11-2.crldp_extension_missing': ['en319412-2.crl-location'],
  'en_319_412_2.gen-4.3.11-4.http_or_ldap_crldp_distribution_point_uri_missing': ['en319412-2.crl-scheme'],
  'en_319_412_2.gen-4.3.11-5.crl_extension_is_critical': ['en319412-2.crl-critical'],
  'en_319_412_2.gen-4.3.3-1.critical_certificate_policies_extension': ['en319412-2.policies-critical'],
  'en_319_412_2.gen-4.3.6-1.ian_extension_is_critical': ['en319412-2.issuer-alternative-name-critical'],
  'en_319_412_2.gen-4.4.1-3.ca_issuers_aia_access_method_absent': ['en319412-2.ca-issuers'],
  'en_319_412_2.gen-4.4.1-4.ca_issuers_aia_access_method_http_uri_missing': ['en319412-2.ca-issuers-http'],
  'en_319_412_2.gen-4.4.1-6.ocsp_aia_access_method_http_uri_missing': ['en319412-2.ocsp-http'],
  'en_319_412_2.nat-4.3.2-1.invalid_content_commitment_setting': ['en319412-2.key-usage'],
  'en_319_412_2.nat-4.3.2-1.mixed_key_usage_setting': ['en319412-2.key-usage-unmixed'],
  'en_319_412_2.qc_statements_extension_absent': ['en319412-2.statements-present', 'en319412-4.statements-present'],
  'en_319_412_2.qcs-5.2-1.multiple_certificate_type_policy_identifiers_present': [
    'en319412-2.policy-consistent',
    'en319412-4.policy-consistent',
  ],
  'en_319_412_2.qcs-5.2-1.recommended_certificate_type_policy_identifier_missing': [
    'en319412-2.policy-recommended',
    'en319412-4.policy-recommended',
  ],
  'en_319_412_2.qcs-5.2-2.mismatched_policy_identifier_for_certificate_type': [
    'en319412-2.policy-consistent',
    'en319412-4.policy-consistent',
  ],
  'en_319_412_3.leg-4.2.1-2.common_name_attribute_absent': ['en319412-3.common-name'],
  'en_319_412_3.leg-4.2.1-2.organization_identifier_attribute_absent': ['en319412-3.organization-identifier'],
  'en_319_412_3.leg-4.2.1-6.organization_id_and_organization_name_attribute_values_equal': [
    'en319412-3.identifier-differs',
    'en319412-4.identifier-differs',
  ],
  'en_319_412_4.web-4.1.3-4.common_name_unknown_source': ['en319412-4.common-name'],
  'en_319_412_4.web-4.1.3-4.eku_extension_is_critical': ['en319412-2.extended-key-usage-critical'],
  'en_319_412_4.web-4.1.3-4.san_missing': ['en319412-4.alternative-names', 'cabf.alt-names'],
  'en_319_412_5.gen-4.2.3.qc_type_mismatch': ['en319412-5.web', 'en319412-5.eseal'],
  'en_319_412_5.gen-4.2.4.iso_country_code_invalid': ['en319412-5.cc-legislation-codes'],
  'en_319_412_5.gen-4.2.4.iso_country_code_list_empty': ['en319412-5.cc-legislation-codes'],
  'en_319_412_5.gen-4.3.2.amount_negative': ['en319412-5.limit-amount'],
  'en_319_412_5.gen-4.3.2.discouraged_numeric_currency_code_present': ['en319412-5.limit-alphabetic'],
  'en_319_412_5.gen-4.3.4.iso_language_code_invalid': ['en319412-5.pds-language'],
  'en_319_412_5.gen-4.3.4.url_scheme_not_https': ['en319412-5.pds-https'],
  'en_319_412_5.qcs-4.1-02.qcstatements_extension_is_critical': ['en319412-5.critical'],
  'en_319_412_5.qcs-5.01.qc_cc_legislation_qualified_statement_present': ['en319412-5.cc-legislation'],
  'en_319_412_5.qcs-5.01.qc_compliance_qualified_statement_absent': ['en319412-5.compliance'],
  'en_319_412_5.qcs-5.01.qc_sscd_qualified_statement_absent': ['en319412-5.sscd'],
  'en_319_412_5.qcs-5.01.qc_type_qualified_statement_absent': ['en319412-5.type'],
  extensions_field_absent: ['en319412-2.authority-key-identifier', 'en319412-2.policies-present'],
  internal_domain_name: ['cabf.alt-names', 'en319412-4.alternative-names'],
  'en_319_412_2.authority_info_access_extension_absent': ['en319412-2.info-access'],
  'en_319_412_2.certificate_policies_extension_absent': ['en319412-2.policies-present'],
  'en_319_412_3.leg-4.2.1-2.country_attribute_absent': ['en319412-3.country'],
  'en_319_412_3.leg-4.2.1-2.organization_name_attribute_absent': ['en319412-3.organization'],
  'en_319_412_3.leg-4.2.1-3.prohibited_duplicate_attribute_present': ['en319412-3.single'],
  'en_319_412_3.leg-4.2.1-4.unknown_country_code': ['en319412-3.country-assigned'],
  'en_319_412_3.leg-4.3.1-3.invalid_content_commitment_setting': ['en319412-3.key-usage-seal'],
  'en_319_412_3.leg-4.3.1-4.non_preferred_content_commitment_setting': ['en319412-3.key-usage-preferred'],
  'en_319_412_4.web-4.1.3-4.eku_missing': ['en319412-4.server-auth'],
  'en_319_412_4.web-4.1.4-2.common_name_unknown_source': ['en319412-4.common-name'],
  'en_319_412_5.gen-4.3.2.currency_code_invalid': ['en319412-5.limit-currency'],
  'en_319_412_5.qcs-5.01.qc_sscd_qualified_statement_present': ['en319412-5.sscd-web'],
  internal_ip_address: ['cabf.alt-names', 'en319412-4.alternative-names'],
  'ts_119_312.6.2.2.1.rsa_exponent_of_range': ['ts119312.rsa-exponent'],
  'ts_119_312.8.4.rsa_small_modulus': ['ts119312.rsa-modulus'],
  'ts_119_495.gen-5.2.2-5.psp_role_mismatch': ['ts119495.role-name'],
  'ts_119_495.gen-5.2.3-1.nca_name_non_latin': ['ts119495.nca-name-latin'],
  'ts_119_495.gen-5.2.3-1a.nca_name_not_na': ['ts119495.nca-name-na'],
  'ts_119_495.gen-5.2.3-1a.prohibited_nca_name_na_value': ['ts119495.nca-name-na'],
  'ts_119_495.gen-5.2.3-5.nca_id_not_na': ['ts119495.nca-id-na'],
  'ts_119_495.ovr-6.1-3.prohibited_psd2_policy_oid_present': ['ts119495.web-policy-for-psd2-web'],
  'ts_119_495.gen-5.2-2.invalid_psp_oid': ['ts119495.role-identifier'],
  'ts_119_495.gen-5.2-2.invalid_psp_role': ['ts119495.role-name-known'],
  'ts_119_495.gen-5.2.1-3.invalid_psd_organization_id_format': [
    'ts119495.identifier-form',
    'ts119495.identifier-form-until-2021',
  ],
  'ts_119_495.gen-5.2.2-1.roles_of_psp_empty': ['ts119495.roles-present'],
  'ts_119_495.gen-5.2.3-2.invalid_ca_identifier': ['ts119495.nca-id-form'],
  'ts_119_495.gen-5.2.3-2.invalid_iso_country': ['ts119495.nca-id-country'],
  'ts_119_495.gen-5.2.3-2.invalid_structure': ['ts119495.nca-id-form'],
}

/** A finding that ours has not, with the one reason for it. */
export interface Exception {
  /** File name without its ending. */
  readonly file: string
  readonly code: string
  readonly reason: string
}

/** Cases that differ for one reason. */
interface Group {
  readonly reason: string
  readonly cases: readonly (readonly [file: string, ...codes: string[]])[]
}

const policy = 'en_319_412_2.qcs-5.2-2.mismatched_policy_identifier_for_certificate_type'

const groups: readonly Group[] = [
  {
    reason: 'the folder declares a type that the policy denies; here the policies and QcType of the certificate agree',
    cases: [
      ['qncp_w_gen_legal_person_eidas_final_certificate__bad_ecdsa_curve', policy],
      ['qncp_w_gen_legal_person_eidas_pre_certificate__extkeyusage_critical', policy],
      ['qncp_w_gen_legal_person_eidas_pre_certificate__ian_critical', policy],
      ['qncp_w_gen_legal_person_eidas_pre_certificate__non_https_pds_url_scheme', policy],
      ['qncp_w_gen_legal_person_eidas_pre_certificate__policy_critical', policy],
      ['qncp_w_gen_natural_person_eidas_final_certificate__multiple_common_names_np', policy],
      ['qncp_w_gen_natural_person_eidas_final_certificate__multiple_countries_np', policy],
      ['qncp_w_gen_natural_person_eidas_final_certificate__natural_person', policy],
      ['qncp_w_gen_natural_person_eidas_final_certificate__pseudonymn_np', policy],
      ['qncp_w_gen_natural_person_eidas_final_certificate__subject_name_and_pseudonym_attributes_missing', policy],
      ['qncp_w_iv_eidas_final_certificate__invalid_natural_person_id_country', policy],
      ['qncp_w_iv_eidas_final_certificate__semantics_info_nra_missing', policy],
      ['qncp_w_iv_eidas_final_certificate__semantics_info_nra_uri_missing', policy],
    ],
  },
  {
    reason: 'a notice that a national scheme is used: it is no fault, and what is wrong with it is found here',
    cases: [
      [
        'qncp_w_iv_eidas_final_certificate__semantics_info_nra_missing',
        'en_319_412_1.nat-5.1.3.national_identifier_scheme_detected',
      ],
      [
        'qncp_w_iv_eidas_final_certificate__semantics_info_nra_uri_missing',
        'en_319_412_1.nat-5.1.3.national_identifier_scheme_detected',
      ],
      [
        'qevcp_w_psd2_eidas_pre_certificate__semantics_info_nra_missing',
        'en_319_412_1.leg-5.1.4-03.national_identifier_scheme_detected',
      ],
      [
        'qevcp_w_psd2_eidas_pre_certificate__semantics_info_nra_uri_missing',
        'en_319_412_1.leg-5.1.4-03.national_identifier_scheme_detected',
      ],
    ],
  },
  {
    reason: 'EN 319 411-1 on policies of certificates that are not qualified is not among the requirements',
    cases: [
      [
        'evcp_pre_certificate__prohibited_etsi_policy_oid',
        'en_319_411_1.gen-6.3.3-12.prohibited_reserved_policy_oid_present',
      ],
    ],
  },
  {
    reason: 'the exponent of QcLimitValue may be negative: amounts under one have it so',
    cases: [
      [
        'qevcp_w_eidas_final_certificate__queulimitexponent_negative_amount',
        'en_319_412_5.gen-4.3.2.exponent_negative',
      ],
    ],
  },
  {
    reason: 'zero years of retention are a period too: the clause has no lower bound over zero',
    cases: [
      [
        'qncp_w_ov_eidas_final_certificate__qcretention_0_value',
        'en_319_412_5.gen-4.3.3.retention_period_years_not_positive',
      ],
    ],
  },
  {
    reason:
      'an issuer of the United Kingdom and its law in QcCClegislation: the certificate does not claim to be of the Union',
    cases: [
      [
        'qevcp_w_eidas_pre_certificate__cc_legislation_present',
        'en_319_412_5.qcs-5.01.qc_cc_legislation_qualified_statement_present',
      ],
    ],
  },
  {
    reason: 'QcType is mandatory for seals and web sites (Annexes III and IV), not for signatures of natural persons',
    cases: [
      [
        'qcp_n_qscd_eidas_final_certificate__empty_qc_statements',
        'en_319_412_5.qcs-5.01.qc_type_qualified_statement_absent',
      ],
    ],
  },
  {
    reason:
      'the address in commonName stands in subjectAltName as iPAddress, where the Baseline Requirements look for it',
    cases: [
      [
        'qncp_w_gen_legal_person_eidas_final_certificate__ip_addr_common_name_value',
        'en_319_412_4.web-4.1.3-4.common_name_unknown_source',
      ],
    ],
  },
  {
    reason:
      'addresses of responders and practice statements may lie in networks of their own: no requirement has their hosts public',
    cases: [
      [
        'qncp_w_gen_legal_person_eidas_final_certificate__internal_names',
        'internal_domain_name',
        'internal_domain_name',
      ],
    ],
  },
]

export const pkilintExceptions: readonly Exception[] = groups.flatMap(({ reason, cases }) =>
  cases.flatMap(([file, ...codes]) => codes.map((code) => ({ file, code: `etsi.${code}`, reason }))),
)

/** What pkilint was told that a certificate is, as options of an audit: its name begins with the type. */
export function declaredType(file: string): SubjectOptions {
  if (file.startsWith('ncp_legal_person')) return { type: 'other', legal: true }
  if (file.startsWith('qncp_w_gen_legal_person')) return { type: 'QWAC', general: true, legal: true }
  if (file.startsWith('qncp_w_gen_natural_person')) return { type: 'QWAC', general: true, legal: false }
  return {}
}
