import { describe, expect, it } from 'vitest'
import { once } from '../src/core/once.ts'

describe('once', () => {
  it('makes one thing for all who ask, also for those who ask while it is made', async () => {
    let made = 0
    const get = once(async () => {
      made++
      await Promise.resolve()
      return { number: made }
    })
    const [first, second] = await Promise.all([get(), get()])
    expect(first).toBe(second)
    expect(await get()).toBe(first)
    expect(made).toBe(1)
  })

  it('makes anew what failed', async () => {
    let tries = 0
    const get = once(async () => {
      if (++tries === 1) throw new Error('not yet')
      return tries
    })
    await expect(get()).rejects.toThrow('not yet')
    expect(await get()).toBe(2)
    expect(await get()).toBe(2)
  })
})
