;; (check EXPR => DATUM) compares the value with the datum by equal?; only what differs is printed.
;; (checked) is the number of checks so far.
(define checks 0)
(define (checked) checks)
(define (compare expression value wanted)
  (set! checks (+ checks 1))
  (if (not (equal? value wanted))
      (begin
        (write expression)
        (display " is ")
        (write value)
        (display ", not ")
        (write wanted)
        (newline))))
(define-syntax check
  (syntax-rules (=>)
    ((_ expression => datum) (compare 'expression expression 'datum))))
;; Whether evaluating the expression raises an error object.
(define-syntax fails?
  (syntax-rules ()
    ((_ expression) (guard (e ((error-object? e) #t)) expression #f))))
