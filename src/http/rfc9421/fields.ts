import { encodeBase64 } from '../../core/base64.ts'
import { type FieldLines, fieldValue } from '../message.ts'

import { httpError } from '../refuse.ts'
import { type CoveredComponent, noParameters, octetsOf } from '../signature.ts'
import { fieldTypes } from '../structured/field-types.ts'
import { fieldParsers, parseDictionary } from '../structured/parse.ts'
import { serialiseDictionary, serialiseItem, serialiseList, serialiseMember } from '../structured/serialise.ts'
import type { Dictionary, FieldType, Item, List } from '../structured/types.ts'

const beyondAscii = /[^\0-\x7e]/

type KnownTypes = Readonly<Record<string, FieldType>>

/** Values of the header or trailer fields of one message (RFC 9421 clause 2.1). Dictionaries are read once. */
export class FieldValues {
  private readonly lines: FieldLines
  private readonly known: KnownTypes
  private dictionaries: Map<string, Dictionary> | undefined

  constructor(lines: FieldLines, known: KnownTypes) {
    this.lines = lines
    this.known = known
  }

  /**
   * The lines joined, or as `sf`, `key` or `bs` asks.
   *
   * @throws Psd2Error `SIGNATURE_HEADER_ABSENT`, `SIGNATURE_NON_ASCII`, `SIGNATURE_COMPONENT_VALUE`, `STRUCTURED_FIELD_...`
   */
  value(component: CoveredComponent): string {
    const { name, id, parameters } = component
    const text = fieldValue(this.lines, name)
    if (text === undefined) throw httpError('SIGNATURE_HEADER_ABSENT', id, { path: id })
    const value = parameters === noParameters ? text : this.formOf(text, component)
    if (beyondAscii.test(value)) throw httpError('SIGNATURE_NON_ASCII', id, { path: id })
    return value
  }

  private formOf(text: string, component: CoveredComponent): string {
    const { name, parameters } = component
    if (parameters.has('bs')) {
      const lines = this.lines.get(name) ?? []
      return lines.map((value) => `:${encodeBase64(octetsOf(value))}:`).join(', ')
    }
    const key = parameters.get('key')
    if (typeof key === 'string') return this.memberOf(text, component, key)
    return parameters.has('sf') ? this.strict(text, component) : text
  }

  private memberOf(text: string, { name, id }: CoveredComponent, key: string): string {
    const type = this.typeOf(name) ?? 'dictionary'
    const member = type === 'dictionary' ? this.dictionary(name, text).get(key) : undefined
    if (member === undefined) throw httpError('SIGNATURE_COMPONENT_VALUE', id, { path: id })
    return serialiseMember(member)
  }

  private dictionary(name: string, text: string): Dictionary {
    this.dictionaries ??= new Map()
    const held = this.dictionaries.get(name) ?? parseDictionary(text, name)
    this.dictionaries.set(name, held)
    return held
  }

  private strict(text: string, { name, id }: CoveredComponent): string {
    const type = this.typeOf(name)
    if (type === undefined) throw httpError('SIGNATURE_COMPONENT_VALUE', `the type of ${id} is not known`, { path: id })
    if (type === 'dictionary') return serialiseDictionary(this.dictionary(name, text))
    const value = fieldParsers[type](text, name)
    return type === 'list' ? serialiseList(value as List) : serialiseItem(value as Item)
  }

  private typeOf(name: string): FieldType | undefined {
    if (Object.hasOwn(this.known, name)) return this.known[name]
    return Object.hasOwn(fieldTypes, name) ? fieldTypes[name] : undefined
  }
}
