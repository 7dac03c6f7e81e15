import type { Concepts } from './many-drifts'

type Person = readonly [
  salary: number,
  commission: number,
  age: number,
  elevel: number,
  car: number,
  zip: number,
  house: number,
  years: number,
  loan: number,
]
const within = (x: number, low: number, high: number) => x >= low && x <= high
/** One of three answers, by age below 40, below 60, or above. */
const byAge = <T>(age: number, young: T, middle: T, old: T): T => (age < 40 ? young : age < 60 ? middle : old)
const band = (age: number, money: number) => {
  const low = byAge(age, 50, 75, 25)
  return within(money, low * 1000, (low + 50) * 1000)
}
const schooled = (age: number, elevel: number) => {
  const low = byAge(age, 0, 1, 2)
  return within(elevel, low, low + byAge(age, 1, 2, 2))
}
const person = (rule: (p: Person) => boolean) => (x: readonly number[]) => rule(x as unknown as Person)

/** Agrawal, Imielinski & Swami 1993: loans, nine columns; seven of its ten functions (those two classes of which are both common). */
export const agrawal: Concepts = {
  columns: ['salary', 'commission', 'age', 'elevel', 'car', 'zipcode', 'hvalue', 'hyears', 'loan'],
  ranges: [130_000, 75_000, 60, 4, 20, 8, 900_000, 29, 500_000],
  noise: 0.03,
  row(r) {
    const salary = 20_000 + 130_000 * r.uniform()
    const zip = r.below(9)
    return [
      salary,
      salary >= 75_000 ? 0 : 10_000 + 65_000 * r.uniform(),
      20 + r.below(61),
      r.below(5),
      1 + r.below(20),
      zip,
      (9 - zip) * 100_000 * (0.5 + r.uniform()),
      1 + r.below(30),
      500_000 * r.uniform(),
    ]
  },
  written: (column, value) => (column === 4 ? `car${value}` : column === 5 ? `zip${value}` : Number(value.toFixed(2))),
  concepts: [
    person(([, , age]) => age < 40 || age >= 60),
    person(([salary, , age]) => band(age, salary)),
    person(([, , age, elevel]) => schooled(age, elevel)),
    person(([salary, commission, age]) => band(age, salary + commission)),
    person(([salary, commission, , , , , , , loan]) => (2 / 3) * (salary + commission) - loan / 5 - 20_000 > 0),
    person(
      ([salary, commission, , elevel, , , , , loan]) =>
        (2 / 3) * (salary + commission) - 5000 * elevel - loan / 5 - 10_000 > 0,
    ),
    person(([salary, , age, elevel]) => {
      const low = schooled(age, elevel) ? byAge(age, 25, 50, 50) : byAge(age, 50, 75, 25)
      return within(salary, low * 1000, (low + 50) * 1000)
    }),
  ],
}
