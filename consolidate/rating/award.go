package rating

import (
	"math/big"
	"slices"

	"huizong/internal/county"
)

// award turns what the i-th indicator measured into points, for all ranked units of a group.
// Nothing is awarded where nothing was measured.
func award(units []Rated, i int, score county.Score) {
	indicator, _ := county.IndicatorOf(score.Indicator)
	var measured []*Mark
	for _, unit := range units {
		if mark := &unit.Marks[i]; mark.Value != nil {
			measured = append(measured, mark)
		}
	}
	placed := places(measured, func(a, b *Mark) int { return better(indicator, *a, *b) })
	for n, mark := range measured {
		if score.Method == county.ByRank {
			mark.Place = placed[n]
		}
		mark.Points = points(score, indicator, *mark)
	}
}

// points are what a mark earns by its method.
func points(score county.Score, indicator county.Indicator, mark Mark) county.Points {
	if score.Floor.Kind != county.NoKind && mark.Value.Cmp(score.Floor.Value()) < 0 {
		return 0
	}
	switch score.Method {
	case county.ByRank:
		return max(0, score.Weight-county.Points(mark.Place-1)*score.Step)
	case county.ByBands:
		for _, band := range score.Bands {
			if better(indicator, mark, Mark{Value: band.At.Value()}) <= 0 {
				return band.Points
			}
		}
		return 0
	case county.ByEach:
		return each(score, mark.Value)
	default:
		return ratio(score, mark.Value)
	}
}

// ratio earns the weight in proportion to the value over its target, between nothing and
// the cap.
func ratio(score county.Score, value *big.Rat) county.Points {
	reached := slices.MinFunc([]*big.Rat{new(big.Rat).Quo(value, score.Full()), score.Most()}, (*big.Rat).Cmp)
	return max(0, nearest(reached.Mul(reached, exact(score.Weight))))
}

// each adds points to nothing up to the weight, or takes them off the weight down to
// nothing; without a weight it adds or takes off as many as the limit lets it.
func each(score county.Score, items *big.Rat) county.Points {
	change := new(big.Rat).Mul(items, exact(score.Each))
	low, high := county.Points(0), score.Weight
	switch {
	case score.Extra():
		low, high = -score.Limit, score.Limit
	case score.Each < 0:
		change.Add(change, exact(score.Weight))
	}
	return min(high, max(low, nearest(change)))
}

func exact(p county.Points) *big.Rat { return big.NewRat(int64(p), int64(county.Point)) }

// nearest rounds points to hundredths, halves away from zero.
func nearest(points *big.Rat) county.Points {
	scaled := new(big.Rat).Mul(points, big.NewRat(int64(2*county.Point), 1))
	scaled.Add(scaled, big.NewRat(int64(points.Sign()), 1))
	return county.Points(new(big.Int).Quo(scaled.Num(), new(big.Int).Lsh(scaled.Denom(), 1)).Int64())
}
