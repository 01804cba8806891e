;; SRFI 69: basic hash tables. Tables on eq?, eqv?, equal? and string=? are the runtime's own; a table with any other equality, or with a hash function
;; of the program's, is kept here as a vector of association lists.

(define-library (srfi 69)
  (import (scheme base) (scheme case-lambda) (scheme char)
          (only (kestrel primitives)
                %make-table %table? %table-kind %table-ref %table-set! %table-delete! %table-count %table-clear! %table-copy %table->alist
                %equal-hash %eq-hash %string-hash)
          (kestrel check))
  (export make-hash-table hash-table? alist->hash-table
          hash-table-equivalence-function hash-table-hash-function
          hash-table-ref hash-table-ref/default hash-table-set! hash-table-delete! hash-table-exists?
          hash-table-update! hash-table-update!/default
          hash-table-size hash-table-keys hash-table-values hash-table-walk hash-table-fold hash-table->alist
          hash-table-copy hash-table-merge! hash-table-clear!
          hash string-hash string-ci-hash hash-by-identity)
  (begin

    ;; Hash functions: with a bound, the result is below it.
    (define-syntax define-hash
      (syntax-rules ()
        ((_ name full)
         (define name
           (case-lambda
             ((x) (full x))
             ((x bound)
              (check positive-integer? 'name 2 bound "exact positive integer")
              (modulo (full x) bound)))))))
    (define (positive-integer? x) (and (exact-integer? x) (> x 0)))
    (define-hash hash %equal-hash)
    (define-hash string-hash %string-hash)
    (define (folded-hash s)
      (check string? 'string-ci-hash 1 s "string")
      (%string-hash (string-foldcase s)))
    (define-hash string-ci-hash folded-hash)
    (define-hash hash-by-identity %eq-hash)

    ;; A table of the general kind: buckets are association lists.
    (define-record-type <general>
      (make-general same? hash count buckets)
      general?
      (same? general-same?)
      (hash general-hash)
      (count general-count set-general-count!)
      (buckets general-buckets set-general-buckets!))

    (define kinds (list (cons eq? 'eq) (cons eqv? 'eqv) (cons equal? 'equal) (cons string=? 'string)))
    (define kind-hash (list (cons 'eq hash-by-identity) (cons 'eqv hash) (cons 'equal hash) (cons 'string string-hash)))
    (define kind-same (list (cons 'eq eq?) (cons 'eqv eqv?) (cons 'equal equal?) (cons 'string string=?)))
    (define standard-hashes (list hash string-hash hash-by-identity))

    (define make-hash-table
      (case-lambda
        (() (%make-table 'equal))
        ((same?)
         (check-procedure 'make-hash-table 1 same?)
         (let ((kind (assq same? kinds)))
           (cond (kind (%make-table (cdr kind)))
                 ((eq? same? string-ci=?) (make-general same? string-ci-hash 0 (make-vector 16 '())))
                 (else (make-general same? hash 0 (make-vector 16 '()))))))
        ((same? hash . rest)
         (check-procedure 'make-hash-table 1 same?)
         (check-procedure 'make-hash-table 2 hash)
         (let ((kind (assq same? kinds)))
           (if (and kind (memq hash standard-hashes))
               (%make-table (cdr kind))
               (make-general same? hash 0 (make-vector 16 '())))))))
    (define (hash-table? x) (if (%table? x) #t (general? x)))
    (define-syntax check-table
      (syntax-rules () ((_ who table) (check hash-table? who 1 table "hash table"))))
    (define (kind-of table) (%table-kind table))

    (define (hash-table-equivalence-function table)
      (check-table 'hash-table-equivalence-function table)
      (if (%table? table) (cdr (assq (kind-of table) kind-same)) (general-same? table)))
    (define (hash-table-hash-function table)
      (check-table 'hash-table-hash-function table)
      (if (%table? table) (cdr (assq (kind-of table) kind-hash)) (general-hash table)))

    ;; General tables
    (define (general-index table key) ((general-hash table) key (vector-length (general-buckets table))))
    (define (general-entry table key)
      (assoc key (vector-ref (general-buckets table) (general-index table key)) (general-same? table)))
    (define (general-add! table key value)
      (when (> (general-count table) (* 2 (vector-length (general-buckets table)))) (general-grow! table))
      (let ((i (general-index table key)) (buckets (general-buckets table)))
        (vector-set! buckets i (cons (cons key value) (vector-ref buckets i)))
        (set-general-count! table (+ (general-count table) 1))))
    (define (general-grow! table)
      (let ((old (general-buckets table)))
        (set-general-buckets! table (make-vector (* 4 (vector-length old)) '()))
        (vector-for-each
         (lambda (bucket)
           (for-each
            (lambda (entry)
              (let ((i (general-index table (car entry))) (buckets (general-buckets table)))
                (vector-set! buckets i (cons entry (vector-ref buckets i)))))
            bucket))
         old)))
    (define (general-delete! table key)
      (let ((entry (general-entry table key)))
        (when entry
          (let* ((i (general-index table key)) (buckets (general-buckets table)))
            (vector-set! buckets i
              (let loop ((bucket (vector-ref buckets i)))
                (if (eq? (car bucket) entry) (cdr bucket) (cons (car bucket) (loop (cdr bucket))))))
            (set-general-count! table (- (general-count table) 1))))))
    (define (general->alist table)
      (let ((buckets (general-buckets table)))
        (let loop ((i 0) (result '()))
          (if (< i (vector-length buckets))
              (loop (+ i 1)
                    (let each ((bucket (vector-ref buckets i)) (result result))
                      (if (null? bucket)
                          result
                          (each (cdr bucket) (cons (cons (caar bucket) (cdar bucket)) result)))))
              result))))

    ;; Access
    (define missing (list 'missing))
    (define (lookup who table key)
      (if (%table? table)
          (%table-ref table key missing)
          (begin
            (check-table who table)
            (let ((entry (general-entry table key))) (if entry (cdr entry) missing)))))
    (define hash-table-ref
      (case-lambda
        ((table key)
         (let ((value (lookup 'hash-table-ref table key)))
           (if (eq? value missing) (error "hash-table-ref: no such key" key) value)))
        ((table key fail)
         (check-procedure 'hash-table-ref 3 fail)
         (let ((value (lookup 'hash-table-ref table key)))
           (if (eq? value missing) (fail) value)))
        ((table key fail succeed)
         (check-procedure 'hash-table-ref 3 fail)
         (check-procedure 'hash-table-ref 4 succeed)
         (let ((value (lookup 'hash-table-ref table key)))
           (if (eq? value missing) (fail) (succeed value))))))
    (define (hash-table-ref/default table key default)
      (if (%table? table)
          (%table-ref table key default)
          (let ((value (lookup 'hash-table-ref/default table key)))
            (if (eq? value missing) default value))))
    (define (hash-table-set! table key value)
      (if (%table? table)
          (%table-set! table key value)
          (begin
            (check-table 'hash-table-set! table)
            (let ((entry (general-entry table key)))
              (if entry (set-cdr! entry value) (general-add! table key value))))))
    (define (hash-table-delete! table key)
      (if (%table? table)
          (%table-delete! table key)
          (begin (check-table 'hash-table-delete! table) (general-delete! table key))))
    (define (hash-table-exists? table key)
      (not (eq? (lookup 'hash-table-exists? table key) missing)))
    (define hash-table-update!
      (case-lambda
        ((table key f)
         (check-table 'hash-table-update! table)
         (check-procedure 'hash-table-update! 3 f)
         (hash-table-set! table key (f (hash-table-ref table key))))
        ((table key f fail)
         (check-table 'hash-table-update! table)
         (check-procedure 'hash-table-update! 3 f)
         (check-procedure 'hash-table-update! 4 fail)
         (hash-table-set! table key (f (hash-table-ref table key fail))))))
    (define (hash-table-update!/default table key f default)
      (check-table 'hash-table-update!/default table)
      (check-procedure 'hash-table-update!/default 3 f)
      (hash-table-set! table key (f (hash-table-ref/default table key default))))

    ;; The whole table
    (define (hash-table-size table)
      (if (%table? table)
          (%table-count table)
          (begin (check-table 'hash-table-size table) (general-count table))))
    (define (hash-table->alist table)
      (if (%table? table)
          (%table->alist table)
          (begin (check-table 'hash-table->alist table) (general->alist table))))
    (define (hash-table-keys table)
      (check-table 'hash-table-keys table)
      (map car (hash-table->alist table)))
    (define (hash-table-values table)
      (check-table 'hash-table-values table)
      (map cdr (hash-table->alist table)))
    (define (hash-table-walk table f)
      (check-table 'hash-table-walk table)
      (check-procedure 'hash-table-walk 2 f)
      (for-each (lambda (entry) (f (car entry) (cdr entry))) (hash-table->alist table)))
    (define (hash-table-fold table f acc)
      (check-table 'hash-table-fold table)
      (check-procedure 'hash-table-fold 2 f)
      (let loop ((entries (hash-table->alist table)) (acc acc))
        (if (null? entries) acc (loop (cdr entries) (f (caar entries) (cdar entries) acc)))))
    (define (hash-table-clear! table)
      (if (%table? table)
          (%table-clear! table)
          (begin
            (check-table 'hash-table-clear! table)
            (set-general-buckets! table (make-vector 16 '()))
            (set-general-count! table 0))))
    (define (hash-table-copy table . mutable?)
      (if (%table? table)
          (%table-copy table)
          (begin
            (check-table 'hash-table-copy table)
            (let ((copy (make-general (general-same? table) (general-hash table) 0 (make-vector 16 '()))))
              (for-each (lambda (entry) (general-add! copy (car entry) (cdr entry))) (general->alist table))
              copy))))
    (define (hash-table-merge! table other)
      (check-table 'hash-table-merge! table)
      (check hash-table? 'hash-table-merge! 2 other "hash table")
      (hash-table-walk other
        (lambda (key value)
          (unless (hash-table-exists? table key) (hash-table-set! table key value))))
      table)
    (define (alist? x) (or (null? x) (and (pair? x) (pair? (car x)) (alist? (cdr x)))))
    (define (alist->hash-table alist . arguments)
      (check alist? 'alist->hash-table 1 alist "association list")
      (unless (null? arguments)
        (check-procedure 'alist->hash-table 2 (car arguments))
        (unless (null? (cdr arguments)) (check-procedure 'alist->hash-table 3 (cadr arguments))))
      (let ((table (apply make-hash-table arguments)))
        (for-each
         (lambda (entry)
           (unless (hash-table-exists? table (car entry)) (hash-table-set! table (car entry) (cdr entry))))
         alist)
        table))))
