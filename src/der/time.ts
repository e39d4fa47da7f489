import type { Cursor, Step } from './cursor.ts'
import { Tag, tagName } from './tags.ts'

/**
 * Reads a UTCTime or GeneralizedTime in its DER form, seconds and Z and no fraction (X.690 11.7, 11.8), as milliseconds
 * since 1970. A two-digit year from 50 on is of the 1900s (RFC 5280 4.1.2.5.1).
 */
export function readTime(cursor: Cursor, step: Step): number {
  const at = cursor.position
  const tag = cursor.peek()
  if (tag !== Tag.UTC_TIME && tag !== Tag.GENERALIZED_TIME) {
    if (tag < 0) cursor.refuse('DER_VALUE_MISSING', step, at)
    if (tag === (Tag.UTC_TIME | 0x20) || tag === (Tag.GENERALIZED_TIME | 0x20)) {
      cursor.refuse('DER_FORM_CONSTRUCTED', step, at)
    }
    cursor.refuse('DER_TAG_UNEXPECTED', step, at, `UTC TIME or GENERALIZED TIME expected, ${tagName(tag)} met`)
  }
  return readTimeAs(cursor, step, tag)
}

/** Reads a GeneralizedTime, or one under an IMPLICIT tag. */
export function readGeneralizedTime(cursor: Cursor, step: Step, tag: number = Tag.GENERALIZED_TIME): number {
  return readTimeAs(cursor, step, tag)
}

function readTimeAs(cursor: Cursor, step: Step, tag: number): number {
  cursor.read(tag, step)
  const { bytes, valueStart, valueEnd } = cursor
  const yearDigits = tag === Tag.UTC_TIME ? 2 : 4
  if (valueEnd - valueStart !== yearDigits + 11 || bytes[valueEnd - 1] !== 0x5a) {
    cursor.refuse('DER_TIME_SYNTAX', step, valueStart)
  }
  for (let i = valueStart; i < valueEnd - 1; i++) {
    const digit = (bytes[i] as number) - 0x30
    if (digit < 0 || digit > 9) cursor.refuse('DER_TIME_SYNTAX', step, i)
  }
  let at = valueStart
  let year = two(bytes, at)
  at += 2
  if (yearDigits === 4) {
    year = year * 100 + two(bytes, at)
    at += 2
  } else {
    year += year >= 50 ? 1900 : 2000
  }
  const month = two(bytes, at)
  const day = two(bytes, at + 2)
  const hour = two(bytes, at + 4)
  const minute = two(bytes, at + 6)
  const second = two(bytes, at + 8)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) {
    cursor.refuse('DER_TIME_VALUE', step, valueStart)
  }
  return (((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000
}

function two(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) - 0x30) * 10 + (bytes[at + 1] as number) - 0x30
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days of the proleptic Gregorian calendar. Counts from March, so that the leap day is the last of its year. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const monthsSinceMarch = month > 2 ? month - 3 : month + 9
  const dayOfYear = Math.floor((153 * monthsSinceMarch + 2) / 5) + day - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}
