import { certificateRules } from './certificates.ts'
import { contactRules } from './contact.ts'
import { identifierRules } from './identifiers.ts'
import { jsonRules } from './json.ts'
import { jwksRules } from './jwks.ts'
import { memberRules } from './members.ts'
import { metadataRules } from './metadata.ts'
import { redirectUriRules } from './redirect-uris.ts'
import type { RegistrationRule } from './rule.ts'
import { scopeRules } from './scope.ts'
import { unusedRules } from './unused.ts'

/** Every rule on the body of a registration, in the order of reports. */
export const registrationRules: readonly RegistrationRule[] = [
  ...jsonRules,
  ...memberRules,
  ...redirectUriRules,
  ...metadataRules,
  ...scopeRules,
  ...contactRules,
  ...identifierRules,
  ...jwksRules,
  ...certificateRules,
  ...unusedRules,
]
