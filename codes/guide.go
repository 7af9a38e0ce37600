package codes

import (
	"iter"
	"slices"
)

// Rule is a rule for handling bounces, for pages and reports.
type Rule struct{ ID, Title, Text string }

// Threshold is a figure by which a sender's bounces are judged.
type Threshold struct {
	ID, Name string
	Unit     string  // percent, hours, days or attempts
	Good     float64 // good practice; 0 if there is no such figure
	Alarm    float64 // act now; 0 if there is no such figure
	Text     string
}

// Step is a step of diagnosing a bounce.
type Step struct{ Title, Text string }

// Rules gives the handling rules in order.
func Rules() iter.Seq[Rule] { return slices.Values(ruleBook[:]) }

// Thresholds gives the thresholds in order.
func Thresholds() iter.Seq[Threshold] { return slices.Values(thresholdTable[:]) }

// Steps gives the steps of a diagnosis in order.
func Steps() iter.Seq[Step] { return slices.Values(stepTable[:]) }
