package main

import _ "github.com/alexbrainman/printer"
