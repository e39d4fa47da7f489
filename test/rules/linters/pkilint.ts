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

export const pkilintExceptions: readonly Exception[] = []
