/**
 * Distinguished Encoding Rules: a strict cursor over octets, a reader for each value type, and a small writer.
 *
 * @module
 */
export { attemptPart } from './attempt.ts'
export { readBitString, readNamedBits, readOctetAlignedBitString } from './bit-string.ts'
export { readBoolean, readBooleanDefaultFalse } from './boolean.ts'
export { type DerCode, derCodes } from './codes.ts'
export { Cursor, openDer, openPart, type Place, type Step } from './cursor.ts'
export { integerValue, readInteger, readSmallInteger } from './integer.ts'
export { readNull } from './null.ts'
export { readOid } from './oid.ts'
export { type ReadMode, refusal, Scope } from './scope.ts'
export { readString, readStringAs, stringText } from './string.ts'
export { contextConstructed, contextPrimitive, Tag, tagName } from './tags.ts'
export { readGeneralizedTime, readTime } from './time.ts'
export { walk } from './walk.ts'
export * as write from './writer.ts'
