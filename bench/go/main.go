// Prints the median microseconds that crypto/x509 needs for one certificate of a list, base64, one a line.
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"os"
	"sort"
	"time"
)

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	var list [][]byte
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		der, err := base64.StdEncoding.DecodeString(scanner.Text())
		if err != nil {
			panic(err)
		}
		list = append(list, der)
	}
	var rounds []float64
	for round := 0; round < 41; round++ {
		start := time.Now()
		for _, der := range list {
			if _, err := x509.ParseCertificate(der); err != nil {
				panic(err)
			}
		}
		rounds = append(rounds, float64(time.Since(start).Nanoseconds())/1000/float64(len(list)))
	}
	sort.Float64s(rounds)
	fmt.Printf("%.3f\n", rounds[len(rounds)/2])
}
