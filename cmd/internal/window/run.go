package window

type runs struct{}
