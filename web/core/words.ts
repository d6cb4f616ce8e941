/** The interface's languages. A locale is one JSON file; the build turns it into one string of lines. */
import type english from '../locales/en.json'
import { KEYS } from './keys.ts'

export type Word = keyof typeof english
export type Words = Readonly<Record<Word, string>>

const LOADERS: Record<string, () => Promise<{ default: unknown }>> = {
  ar: () => import('../locales/ar.json', { with: { type: 'json' } }),
  cs: () => import('../locales/cs.json', { with: { type: 'json' } }),
  de: () => import('../locales/de.json', { with: { type: 'json' } }),
  en: () => import('../locales/en.json', { with: { type: 'json' } }),
  es: () => import('../locales/es.json', { with: { type: 'json' } }),
  fr: () => import('../locales/fr.json', { with: { type: 'json' } }),
  he: () => import('../locales/he.json', { with: { type: 'json' } }),
  it: () => import('../locales/it.json', { with: { type: 'json' } }),
  ja: () => import('../locales/ja.json', { with: { type: 'json' } }),
  nl: () => import('../locales/nl.json', { with: { type: 'json' } }),
  pl: () => import('../locales/pl.json', { with: { type: 'json' } }),
  pt: () => import('../locales/pt.json', { with: { type: 'json' } }),
  sv: () => import('../locales/sv.json', { with: { type: 'json' } }),
  zh: () => import('../locales/zh.json', { with: { type: 'json' } }),
}

export const LOCALES: readonly string[] = Object.keys(LOADERS)

/** The first wish that we speak; English otherwise. */
export function pickLocale(wishes: readonly string[]): string {
  const languages = wishes.map((wish) => wish.toLowerCase().split(/[-_]/)[0] ?? '')
  return languages.find((language) => LOCALES.includes(language)) ?? 'en'
}

export const isRightToLeft = (locale: string): boolean => locale === 'ar' || locale === 'he'

/** Loads one locale. Falls back to English when its file cannot be had. */
export async function loadWords(locale: string): Promise<Words> {
  const load = LOADERS[locale] ?? LOADERS.en
  const lines = String((await load?.())?.default).split('\n')
  return Object.fromEntries(KEYS.map((key, index) => [key, lines[index]])) as Words
}

/** Puts values into "{name}" places. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
