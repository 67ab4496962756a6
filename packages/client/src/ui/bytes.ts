import type { Language } from '@scel/contract/errors'

/** A number of bytes in its largest binary unit: “1.5 GiB”, « 1,5 Gio ». */
export function formatBytes(bytes: number, language: Language): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  const digits = new Intl.NumberFormat(language, { maximumFractionDigits: power > 0 && value < 100 ? 1 : 0 })
  return `${digits.format(value)}\u00a0${UNITS[power]}${language === 'fr' ? 'o' : 'B'}`
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const
