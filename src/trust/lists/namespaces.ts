/** Namespaces that a trusted list and its signature are written in. */
export const namespaces = {
  tsl: 'http://uri.etsi.org/02231/v2#',
  types: 'http://uri.etsi.org/02231/v2/additionaltypes#',
  qualifications: 'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#',
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
  xmldsig: 'http://www.w3.org/2000/09/xmldsig#',
} as const
