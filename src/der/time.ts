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
  // The year is what stands before month, day, hour, minute, second and Z.
  const at = valueEnd - 11
  const digits = tag === Tag.UTC_TIME ? 2 : 4
  if (at - valueStart !== digits || bytes[valueEnd - 1] !== 0x5a) cursor.refuse('DER_TIME_SYNTAX', step, valueStart)
  const high = two(bytes, valueStart)
  const low = two(bytes, at - 2)
  const year = digits === 4 ? high * 100 + low : low + (low >= 50 ? 1900 : 2000)
  const month = two(bytes, at)
  const day = two(bytes, at + 2)
  const hour = two(bytes, at + 4)
  const minute = two(bytes, at + 6)
  const second = two(bytes, at + 8)
  if ((high | low | month | day | hour | minute | second) < 0) refuseDigit(cursor, step)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) {
    cursor.refuse('DER_TIME_VALUE', step, valueStart)
  }
  return (((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000
}

/** Two digits as a number; below zero where one is no digit. */
function two(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30
  const ones = (bytes[at + 1] as number) - 0x30
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones
}

/** Refuses the first octet that is no digit. */
function refuseDigit(cursor: Cursor, step: Step): never {
  const { bytes } = cursor
  let i = cursor.valueStart
  while ((bytes[i] as number) >= 0x30 && (bytes[i] as number) <= 0x39) i++
  cursor.refuse('DER_TIME_SYNTAX', step, i)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * Days of the proleptic Gregorian calendar. Counts from March, so that the leap day is the last of its year, and from 400
 * years before year 0, so that nothing is below zero and whole divisions are those of integers.
 */
function daysSince1970(year: number, month: number, day: number): number {
  const y = (month > 2 ? year : year - 1) + 400
  const monthsSinceMarch = month > 2 ? month - 3 : month + 9
  const dayOfYear = (((153 * monthsSinceMarch + 2) / 5) | 0) + day - 1
  return y * 365 + (y >> 2) - ((y / 100) | 0) + ((y / 400) | 0) + dayOfYear - 865_565
}
