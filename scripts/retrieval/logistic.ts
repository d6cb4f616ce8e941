/** Logistic regression by gradient descent, with a little ridge: small data, few features. */
export type Example = { readonly x: readonly number[]; readonly y: 0 | 1; readonly weight: number }
export type Model = { readonly intercept: number; readonly weights: readonly number[] }

const STEPS = 2000
const RATE = 1.5
const RIDGE = 0.002

export function predict({ intercept, weights }: Model, x: readonly number[]): number {
  const logit = weights.reduce((sum, weight, at) => sum + weight * (x[at] ?? 0), intercept)
  return 1 / (1 + Math.exp(-logit))
}

export function fit(examples: readonly Example[]): Model {
  const size = examples[0]?.x.length ?? 0
  const total = examples.reduce((sum, { weight }) => sum + weight, 0)
  let model: Model = { intercept: 0, weights: new Array<number>(size).fill(0) }
  for (let step = 0; step < STEPS; step++) {
    const slope = new Array<number>(size).fill(0)
    let slope0 = 0
    for (const { x, y, weight } of examples) {
      const error = (weight * (predict(model, x) - y)) / total
      slope0 += error
      for (let at = 0; at < size; at++) slope[at] = (slope[at] ?? 0) + error * (x[at] ?? 0)
    }
    model = {
      intercept: model.intercept - RATE * slope0,
      weights: model.weights.map(
        (weight, at) => weight - RATE * ((slope[at] ?? 0) + RIDGE * weight),
      ),
    }
  }
  return model
}
