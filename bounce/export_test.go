package bounce

// RecogniserNames gives the names of the table, for the test that wants a mail
// for each.
func RecogniserNames() []string {
	var names []string
	for _, g := range recognisers {
		names = append(names, g.name)
	}
	return names
}
