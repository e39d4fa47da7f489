import { describe, expect, it } from 'vitest'
import { readOnlyMap } from '../src/core/read-only-map.ts'
import { Recent } from '../src/core/recent.ts'

describe('Recent', () => {
  it('keeps as many as it may, and forgets what was set longest ago', () => {
    const recent = new Recent<string, number>(2)
    expect(recent.get('a')).toBeUndefined()
    recent.set('a', 1)
    recent.set('b', 2)
    expect([recent.get('a'), recent.get('b')]).toEqual([1, 2])
    recent.set('c', 3)
    expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([undefined, 2, 3])
    recent.set('b', 4)
    recent.set('d', 5)
    expect([recent.get('b'), recent.get('c'), recent.get('d')]).toEqual([4, undefined, 5])
    expect(recent.size).toBe(2)
  })

  it('keeps nothing where it may keep nothing', () => {
    const none = new Recent<string, number>(0)
    none.set('a', 1)
    expect([none.get('a'), none.size]).toEqual([undefined, 0])
  })
})

describe('readOnlyMap', () => {
  it('gives the map, whose entries stay', () => {
    const map = new Map([['a', 1]])
    const shared = readOnlyMap(map)
    expect(shared).toBe(map)
    for (const change of [() => map.set('b', 2), () => map.delete('a'), () => map.clear()]) {
      expect(change).toThrow(/shared and cannot be changed/)
    }
    expect([...shared]).toEqual([['a', 1]])
    expect(Object.keys(shared)).toEqual([])
  })
})
