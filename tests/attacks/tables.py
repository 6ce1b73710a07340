"""Linked tables out of invented persons: every figure adds up, over areas, over categories and over quarters."""

from dataclasses import dataclass

import numpy as np

from maillage.tables.disclosure import FREE, NEVER_SHOWN, UNSAFE, Problem, Relation

from .arms import Name, Notebook

WHOLE = -1


@dataclass
class Linked:
    """Several tables of the same persons: (table, area, category) and the relations between them."""

    truth: dict[Name, float]
    sums: list[tuple[Name, list[Name]]]

    def notebook(self, hidden: set[Name]) -> Notebook:
        """What an attacker who sees all but `hidden` writes down."""
        notes = Notebook()
        for name, value in self.truth.items():
            notes.read(name, None if name in hidden else value)
        for whole, parts in self.sums:
            notes.sum(whole, parts)
        return notes

    def problem(self, threshold: float = 5, never: frozenset[Name] = frozenset()) -> Problem:
        """The same, as the suppression takes it."""
        names = list(self.truth)
        place = {name: n for n, name in enumerate(names)}
        values = np.array([self.truth[name] for name in names])
        small = (values > 0) & (values < threshold)
        status = np.where(small, UNSAFE, FREE).astype(np.int8)
        status[[place[name] for name in never]] = NEVER_SHOWN
        return Problem(
            values=values,
            weights=values + 1,
            status=status,
            below=np.where(small, values, 0),
            above=np.where(small, threshold - values, 0),
            lowest=np.zeros(len(values)),
            highest=np.full(len(values), np.inf),
            relations=[
                Relation({place[whole]: 1.0, **{place[part]: -1.0 for part in parts}}) for whole, parts in self.sums
            ],
            keys=tuple(names),
        )

    @property
    def small(self) -> set[Name]:
        """What the primary rule hides."""
        return {name for name, value in self.truth.items() if 0 < value < 5}

    def two_per_line(self) -> set[Name]:
        """What the naive rule hides: the small figures, and one more in each sum where one would stand alone."""
        hidden = set(self.small)
        for _ in range(4):
            for whole, parts in self.sums:
                line = [whole, *parts]
                left = [name for name in line if name not in hidden and self.truth[name] > 0]
                if sum(name in hidden for name in line) == 1 and left:
                    hidden.add(min(left, key=lambda name: self.truth[name]))
        return hidden


def make(seed: int, persons: int = 300, areas: int = 8, categories: tuple[int, ...] = (5, 4, 6, 3)) -> Linked:
    """Persons drawn in areas of uneven size and, for each table, in uneven categories; margins are shared."""
    rng = np.random.default_rng(seed)
    sizes = rng.dirichlet(np.full(areas, 1.2))
    area = rng.choice(areas, persons, p=sizes)
    truth: dict[Name, float] = {("all", a, ""): float((area == a).sum()) for a in range(areas)}
    truth[("all", WHOLE, "")] = float(persons)
    sums: list[tuple[Name, list[Name]]] = [(("all", WHOLE, ""), [("all", a, "") for a in range(areas)])]
    for table, size in enumerate(categories):
        category = rng.choice(size, persons, p=rng.dirichlet(np.full(size, 0.9)))
        for c in range(size):
            for a in range(areas):
                truth[(table, a, c)] = float(((area == a) & (category == c)).sum())
            truth[(table, WHOLE, c)] = float((category == c).sum())
            sums.append(((table, WHOLE, c), [(table, a, c) for a in range(areas)]))
        for a in (*range(areas), WHOLE):
            sums.append((("all", a, ""), [(table, a, c) for c in range(size)]))
    return Linked(truth, sums)
