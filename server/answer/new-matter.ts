/** "Another thing: …" leaves the case alone. */
const NEW_MATTER =
  /^\W*(?:(?:and|but|ok|okay|well|oh|so|now|hm+|right|fine|thanks|i see|alright)\W+)*(?:(?:an)?other (?:thing|question|topic|problem|issue|subject)|(?:a |one |totally |completely )?(?:different|unrelated|new|second) (?:thing|question|topic|problem|issue|matter|subject)|something (?:else|different)|by the way|btw|one more (?:thing|question)|changing the subject)\b\W*/i

export const isNewMatter = (own: string): boolean => NEW_MATTER.test(own)

/** What is asked or told after such words. */
export const withoutOpening = (own: string): string => {
  const rest = own.replace(NEW_MATTER, '')
  return rest.trim() === '' ? own : rest
}
