/**
 * English words that carry no subject. Above some thousand chunks they cost most of a full-text query
 * and change no ranking for the better. "not", "no", "to" and "from" are kept out of it deliberately
 * only where they stand alone: a query is a bag of words.
 */
export const STOPWORDS: ReadonlySet<string> = new Set(
  `a about after again all also am an and any are as at be because been before being but by can cant
  could couldnt did didnt do does doesnt doing done dont for from get gets getting go goes going got
  had has hasnt have havent having he hello help her here hers hey hi him his how i id if ill im in
  into is isnt it its ive just keep keeps know let like ll look made make makes may me mean means might more
  most much must my need no not now of off on one only or our ours out over please put re really s say
  says said see she should shouldnt so some someone something still such t tell than thank thanks that
  thats the their them then there these they theyre thing things this those though to told too try
  trying under until up us use used ve very want wants was wasnt way we well were werent what whats when
  where which while who whom whose why will with wont would wouldnt yet you your yours youre`.split(
    /\s+/,
  ),
)
