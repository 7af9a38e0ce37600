// Package schematest holds JSON against the project's published schemas, in the
// tests of the packages that write it. It knows the part of JSON Schema that they
// use; a keyword beyond that is a problem too, so that none goes unchecked.
//
// It imports the standard library only, and no package of the project.
package schematest
