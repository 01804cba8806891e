(export f)
(import (scheme base))
(begin (define (g) '(g)))
