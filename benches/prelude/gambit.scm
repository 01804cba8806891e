;; What R7RS has and Gambit 4.9 calls otherwise, and SRFI 69 on its tables.
(define (exact x) (inexact->exact x))
(define (inexact x) (exact->inexact x))
(define (write-string s) (display s))
(define (make-hash-table same?) (make-table test: same?))
(define (hash-table-ref/default table key default) (table-ref table key default))
(define (hash-table-set! table key value) (table-set! table key value))
(define (hash-table-keys table) (map car (table->list table)))
