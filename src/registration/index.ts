/**
 * The BPCE PSD2 Registration API: its rules for both ends, its policies where it contradicts itself, its clock.
 *
 * @module
 */
export type { RegisteredFact } from '../rules/index.ts'
export {
  type Activation,
  type ActivationOptions,
  activationTime,
  type EligibilityState,
} from './activation/activation.ts'
export { type CalendarName, calendars, type HolidayCalendar } from './activation/calendars.ts'
export type { CalendarDay } from './activation/paris.ts'
export { type AgentOption, type BuildRegistrationOptions, type BuiltRegistration, buildRegistration } from './build.ts'
export {
  type CheckedRegistration,
  type CheckRegistrationOptions,
  checkRegistration,
  type RegistrationCheck,
  type RegistrationFinding,
  verifyRegistration,
} from './check.ts'
export {
  type BankEnvironment,
  type CodeTab,
  codeTabs,
  defaultCodeTab,
  type EndpointOptions,
  type Endpoints,
  registerPath,
  registrationEndpoints,
  tokenPath,
} from './endpoints.ts'
export { type PolicyName, type RegistrationPolicy, registrationPolicies } from './policies.ts'
export type { RedirectEnvironment, RedirectProblem } from './redirect/problem.ts'
export { verifyRedirectUri } from './redirect/verify.ts'
export { type CheckRequestOptions, checkRegistrationRequest, type RequestCheck } from './request/check.ts'
export { type RequestRule, requestRules } from './request/rules.ts'
export type { RequestOperation, RequestSubject, Resource } from './request/subject.ts'
export { registrationRules } from './rules/all.ts'
export type { RegistrationRule } from './rules/rule.ts'
export { formatScope, type Scope, scopeRoles, scopes } from './scope.ts'
export type { RegistrationSubject } from './subject.ts'
export type { TextFinding } from './texts.ts'
export type { Registration, RegistrationContact, RegistrationJwk, RegistrationOperation } from './types.ts'
