import type { StoreType } from '@scel/contract/values'
import { type Identities, openIdentities } from '../../identities/identities.ts'
import type { KeyStore, StorePlace, Stores } from '../../keystores/index.ts'
import type { Paths } from '../../state/paths.ts'
import type { Shell } from './shell.ts'

/** The keys and certificates of this machine. */
export interface Keys extends Stores {
  readonly identities: Identities
}

/** Stores are loaded when they are asked for. */
export function openKeys({ outside, voice }: Pick<Shell, 'outside' | 'voice'>, paths: Paths): Keys {
  const { terminal } = outside
  const askPin = async (token: string): Promise<string> => {
    const { terminalPrompts } = await import('../../ui/prompts.ts')
    return terminalPrompts(terminal!, outside.signal, voice).secret(voice.plain('ask_pin', { token }), () => undefined)
  }
  const placeOf = (scope: StoreType): StorePlace => ({
    ...{ scope, paths, platform: outside.platform },
    ...(terminal && { askPin }),
  })
  const stores = async (scope: StoreType): Promise<readonly KeyStore[]> => {
    const { knownStores } = await import('../../keystores/index.ts')
    return knownStores(placeOf(scope))
  }
  return {
    identities: openIdentities({ stores, complain: (error, folder) => voice.complaint(error, `${folder}: `) }),
    async chosenStore(scope, name) {
      const { chosenStore } = await import('../../keystores/index.ts')
      return chosenStore(name, placeOf(scope))
    },
    async storeHolding(scope, desk, key) {
      const { storeHolding } = await import('../../keystores/index.ts')
      return storeHolding(desk, key, placeOf(scope))
    },
  }
}
