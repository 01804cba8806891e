;; An interpreter for a small Scheme, by compilation to closures: a program is analysed once, into procedures that take an environment. Variables
;; are found by position, not by name. The interpreted program computes factorials, a closure's count, and Ackermann's function.

(import (scheme base) (scheme cxr) (scheme read) (scheme write))

;; An environment at run time is a list of vectors; at analysis time, of lists of names.
(define (analyse form names)
  (cond ((symbol? form) (analyse-variable form names))
        ((not (pair? form)) (lambda (env) form))
        ((and (symbol? (car form)) (not (bound? (car form) names)) (assq (car form) special-forms))
         => (lambda (special) ((cdr special) form names)))
        (else (analyse-call form names))))

(define (bound? name names)
  (and (pair? names)
       (or (memq name (car names)) (bound? name (cdr names)))))

(define (index name names)
  (let loop ((names names) (i 0))
    (cond ((null? names) #f)
          ((eq? (car names) name) i)
          (else (loop (cdr names) (+ i 1))))))

;; Calls `found` with the depth and the position of a local variable, or `global` with its cell.
(define (locate name names found global)
  (let loop ((names names) (depth 0))
    (cond ((null? names) (global (global-cell name)))
          ((index name (car names)) => (lambda (i) (found depth i)))
          (else (loop (cdr names) (+ depth 1))))))

(define (analyse-variable name names)
  (locate name names
          (lambda (depth i)
            (case depth
              ((0) (lambda (env) (vector-ref (car env) i)))
              ((1) (lambda (env) (vector-ref (cadr env) i)))
              (else (lambda (env) (vector-ref (list-ref env depth) i)))))
          (lambda (cell)
            (lambda (env)
              (if (eq? (cdr cell) undefined) (error "undefined variable" name) (cdr cell))))))

(define (analyse-call form names)
  (let ((operator (analyse (car form) names))
        (operands (map (lambda (operand) (analyse operand names)) (cdr form))))
    (case (length operands)
      ((1) (let ((a (car operands)))
             (lambda (env) ((operator env) (a env)))))
      ((2) (let ((a (car operands)) (b (cadr operands)))
             (lambda (env) ((operator env) (a env) (b env)))))
      (else (lambda (env)
              (apply (operator env) (map (lambda (operand) (operand env)) operands)))))))

(define (analyse-body forms names)
  (let ((first (analyse (car forms) names)))
    (if (null? (cdr forms))
        first
        (let ((rest (analyse-body (cdr forms) names)))
          (lambda (env) (first env) (rest env))))))

(define (analyse-set form names)
  (let ((value (analyse (list-ref form 2) names)))
    (locate (cadr form) names
            (lambda (depth i) (lambda (env) (vector-set! (list-ref env depth) i (value env))))
            (lambda (cell) (lambda (env) (set-cdr! cell (value env)))))))

(define (analyse-lambda form names)
  (let ((body (analyse-body (cddr form) (cons (cadr form) names))))
    (lambda (env)
      (lambda arguments (body (cons (list->vector arguments) env))))))

(define (analyse-define form names)
  (if (pair? (cadr form))
      (analyse-define `(define ,(caadr form) (lambda ,(cdadr form) . ,(cddr form))) names)
      (let ((cell (global-cell (cadr form)))
            (value (analyse (list-ref form 2) names)))
        (lambda (env) (set-cdr! cell (value env)) (cadr form)))))

(define special-forms
  (list
   (cons 'quote (lambda (form names) (let ((datum (cadr form))) (lambda (env) datum))))
   (cons 'if (lambda (form names)
               (let ((test (analyse (cadr form) names))
                     (yes (analyse (list-ref form 2) names))
                     (no (analyse (list-ref form 3) names)))
                 (lambda (env) (if (test env) (yes env) (no env))))))
   (cons 'begin (lambda (form names) (analyse-body (cdr form) names)))
   (cons 'let (lambda (form names)
                (analyse `((lambda ,(map car (cadr form)) . ,(cddr form)) . ,(map cadr (cadr form))) names)))
   (cons 'set! analyse-set)
   (cons 'lambda analyse-lambda)
   (cons 'define analyse-define)))

(define undefined (list 'undefined))
(define globals
  (list (cons '+ +) (cons '- -) (cons '* *) (cons '= =) (cons '< <) (cons 'cons cons) (cons 'list list)
        (cons 'call/cc call/cc)))
(define (global-cell name)
  (or (assq name globals)
      (let ((cell (cons name undefined)))
        (set! globals (cons cell globals))
        cell)))

(define (run-program text)
  (let ((port (open-input-string text)))
    (let loop ((form (read port)))
      (unless (eof-object? form)
        (write ((analyse form '()) '()))
        (newline)
        (loop (read port))))))

(run-program "
  (define (factorial n) (if (= n 0) 1 (* n (factorial (- n 1)))))
  (factorial 25)
  (define counter
    (let ((n 0)) (lambda () (begin (set! n (+ n 1)) n))))
  (list (counter) (counter) (counter))
  (define (ackermann m n)
    (if (= m 0) (+ n 1)
        (if (= n 0) (ackermann (- m 1) 1)
            (ackermann (- m 1) (ackermann m (- n 1))))))
  (ackermann 2 9)
  (+ 1 (call/cc (lambda (k) (* 1000 (k 41)))))
  (let ((if list)) (if 1 2 3))")

(guard (e ((error-object? e)
           (display (error-object-message e))
           (display ": ")
           (write (car (error-object-irritants e)))
           (newline)))
  (run-program "(define (f) (g 1)) (f)"))
