/** "Another thing: …" leaves the case alone. */
export const isNewMatter = (own: string): boolean =>
  /^\W*(?:(?:and|but|ok|okay|well|oh|so|now)\W+)*(?:(?:an)?other (?:thing|question|topic|problem|issue|subject)|(?:a |one |totally |completely )?(?:different|unrelated|new|second) (?:thing|question|topic|problem|issue|matter|subject)|something (?:else|different)|by the way|btw|one more (?:thing|question)|changing the subject)\b/i.test(
    own,
  )
