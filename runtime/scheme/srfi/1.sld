;; SRFI 1: list library. The linear-update procedures (names with !) are their pure counterparts, as the SRFI allows.

(define-library (srfi 1)
  (import (scheme base) (scheme case-lambda) (scheme cxr)
          (rename (only (kestrel primitives) %wrong-type last-pair append-reverse) (%wrong-type wrong-type)))
  (export
   ;; constructors
   cons list xcons cons* make-list list-tabulate list-copy circular-list iota
   ;; predicates
   pair? null? proper-list? circular-list? dotted-list? not-pair? null-list? list=
   ;; selectors
   car cdr caar cadr cdar cddr caaar caadr cadar caddr cdaar cdadr cddar cdddr
   caaaar caaadr caadar caaddr cadaar cadadr caddar cadddr cdaaar cdaadr cdadar cdaddr cddaar cddadr cdddar cddddr
   list-ref first second third fourth fifth sixth seventh eighth ninth tenth car+cdr
   take drop take-right drop-right take! drop-right! split-at split-at! last last-pair
   ;; miscellaneous
   length length+ append concatenate reverse append! concatenate! reverse! append-reverse append-reverse!
   zip unzip1 unzip2 unzip3 unzip4 unzip5 count
   ;; folds
   map for-each fold unfold pair-fold reduce fold-right unfold-right pair-fold-right reduce-right
   append-map append-map! map! map-in-order pair-for-each filter-map
   ;; filtering and searching
   filter partition remove filter! partition! remove!
   member memq memv find find-tail any every list-index take-while drop-while take-while! span break span! break!
   ;; deletion
   delete delete-duplicates delete! delete-duplicates!
   ;; association lists
   assoc assq assv alist-cons alist-copy alist-delete alist-delete!
   ;; sets
   lset<= lset= lset-adjoin lset-union lset-union! lset-intersection lset-intersection! lset-difference lset-difference!
   lset-xor lset-xor! lset-diff+intersection lset-diff+intersection!
   set-car! set-cdr!)
  (begin

    ;; Constructors
    (define (xcons d a) (cons a d))
    (define (cons* first . rest)
      (let loop ((x first) (rest rest))
        (if (pair? rest) (cons x (loop (car rest) (cdr rest))) x)))
    (define (list-tabulate n f)
      (let loop ((i (- n 1)) (result '()))
        (if (< i 0) result (loop (- i 1) (cons (f i) result)))))
    (define (circular-list first . rest)
      (let ((result (cons first (list-copy rest))))
        (set-cdr! (last-pair result) result)
        result))
    (define iota
      (case-lambda
        ((n) (iota n 0 1))
        ((n start) (iota n start 1))
        ((n start step)
         (unless (and (exact-integer? n) (>= n 0)) (wrong-type 'iota 1 n "non-negative exact integer"))
         (let loop ((i (- n 1)) (result '()))
           (if (< i 0) result (loop (- i 1) (cons (+ start (* i step)) result)))))))

    ;; Predicates. `end-of` answers the object that ends the list, or #f for a circular one.
    (define (end-of x circular)
      (let loop ((fast x) (slow x))
        (if (pair? fast)
            (let ((fast (cdr fast)))
              (if (pair? fast)
                  (let ((fast (cdr fast)) (slow (cdr slow)))
                    (if (eq? fast slow) circular (loop fast slow)))
                  fast))
            fast)))
    (define mark (list 'circular))
    (define (proper-list? x) (null? (end-of x mark)))
    (define (circular-list? x) (eq? (end-of x mark) mark))
    (define (dotted-list? x)
      (let ((end (end-of x mark))) (not (or (null? end) (eq? end mark)))))
    (define (not-pair? x) (not (pair? x)))
    (define (null-list? x)
      (cond ((pair? x) #f) ((null? x) #t) (else (wrong-type 'null-list? 1 x "list"))))
    (define (list= same? . lists)
      (define (equal-pair? a b)
        (cond ((eq? a b) #t)
              ((pair? a) (and (pair? b) (same? (car a) (car b)) (equal-pair? (cdr a) (cdr b))))
              (else (not (pair? b)))))
      (or (null? lists)
          (let loop ((a (car lists)) (rest (cdr lists)))
            (or (null? rest)
                (and (equal-pair? a (car rest)) (loop (car rest) (cdr rest)))))))

    ;; Selectors
    (define (first x) (car x))
    (define (second x) (cadr x))
    (define (third x) (caddr x))
    (define (fourth x) (cadddr x))
    (define (fifth x) (car (cddddr x)))
    (define (sixth x) (cadr (cddddr x)))
    (define (seventh x) (caddr (cddddr x)))
    (define (eighth x) (cadddr (cddddr x)))
    (define (ninth x) (car (cddddr (cddddr x))))
    (define (tenth x) (cadr (cddddr (cddddr x))))
    (define (car+cdr x) (values (car x) (cdr x)))
    (define (take l k)
      (let loop ((rest l) (k k))
        (if (eqv? k 0) '() (let ((x (car rest))) (cons x (loop (cdr rest) (- k 1)))))))
    (define (drop l k) (list-tail l k))
    (define (take-right l k)
      (let loop ((lag l) (lead (drop l k)))
        (if (pair? lead) (loop (cdr lag) (cdr lead)) lag)))
    (define (drop-right l k)
      (let loop ((lag l) (lead (drop l k)))
        (if (pair? lead) (cons (car lag) (loop (cdr lag) (cdr lead))) '())))
    (define take! take)
    (define drop-right! drop-right)
    (define (split-at l k) (values (take l k) (drop l k)))
    (define split-at! split-at)
    (define (last l) (car (last-pair l)))

    ;; Miscellaneous
    (define (length+ l)
      (let loop ((fast l) (slow l) (n 0))
        (if (pair? fast)
            (let ((fast (cdr fast)) (n (+ n 1)))
              (if (pair? fast)
                  (let ((fast (cdr fast)) (slow (cdr slow)))
                    (if (eq? fast slow) #f (loop fast slow (+ n 1))))
                  n))
            n)))
    (define (concatenate lists) (apply append lists))
    (define append! append)
    (define concatenate! concatenate)
    (define reverse! reverse)
    (define append-reverse! append-reverse)
    (define (zip first . rest) (apply map list first rest))
    (define (unzip1 l) (map car l))
    (define (unzip2 l) (values (map first l) (map second l)))
    (define (unzip3 l) (values (map first l) (map second l) (map third l)))
    (define (unzip4 l) (values (map first l) (map second l) (map third l) (map fourth l)))
    (define (unzip5 l) (values (map first l) (map second l) (map third l) (map fourth l) (map fifth l)))

    ;; Several lists at once: whether all have a next element, and the next elements with an object appended.
    (define (all-pairs? lists) (or (null? lists) (and (pair? (car lists)) (all-pairs? (cdr lists)))))
    (define (cars lists) (if (null? lists) '() (cons (caar lists) (cars (cdr lists)))))
    (define (cdrs lists) (if (null? lists) '() (cons (cdar lists) (cdrs (cdr lists)))))
    (define (cars+ lists x) (if (null? lists) (list x) (cons (caar lists) (cars+ (cdr lists) x))))

    (define count
      (case-lambda
        ((pred l)
         (let loop ((l l) (n 0)) (if (pair? l) (loop (cdr l) (if (pred (car l)) (+ n 1) n)) n)))
        ((pred . lists)
         (let loop ((lists lists) (n 0))
           (if (all-pairs? lists)
               (loop (cdrs lists) (if (apply pred (cars lists)) (+ n 1) n))
               n)))))

    ;; Folds
    (define fold
      (case-lambda
        ((f acc l)
         (let loop ((acc acc) (l l)) (if (pair? l) (loop (f (car l) acc) (cdr l)) acc)))
        ((f acc a b)
         (let loop ((acc acc) (a a) (b b))
           (if (and (pair? a) (pair? b)) (loop (f (car a) (car b) acc) (cdr a) (cdr b)) acc)))
        ((f acc . lists)
         (let loop ((acc acc) (lists lists))
           (if (all-pairs? lists) (loop (apply f (cars+ lists acc)) (cdrs lists)) acc)))))
    (define fold-right
      (case-lambda
        ((f acc l)
         (let loop ((l l)) (if (pair? l) (f (car l) (loop (cdr l))) acc)))
        ((f acc . lists)
         (let loop ((lists lists))
           (if (all-pairs? lists) (apply f (cars+ lists (loop (cdrs lists)))) acc)))))
    (define pair-fold
      (case-lambda
        ((f acc l)
         (let loop ((acc acc) (l l))
           (if (pair? l) (let ((next (cdr l))) (loop (f l acc) next)) acc)))
        ((f acc . lists)
         (let loop ((acc acc) (lists lists))
           (if (all-pairs? lists)
               (let ((next (cdrs lists))) (loop (apply f (append lists (list acc))) next))
               acc)))))
    (define pair-fold-right
      (case-lambda
        ((f acc l) (let loop ((l l)) (if (pair? l) (f l (loop (cdr l))) acc)))
        ((f acc . lists)
         (let loop ((lists lists))
           (if (all-pairs? lists) (apply f (append lists (list (loop (cdrs lists))))) acc)))))
    (define (reduce f identity l) (if (pair? l) (fold f (car l) (cdr l)) identity))
    (define (reduce-right f identity l)
      (if (pair? l)
          (let loop ((head (car l)) (l (cdr l)))
            (if (pair? l) (f head (loop (car l) (cdr l))) head))
          identity))
    (define unfold
      (case-lambda
        ((stop? f next seed) (unfold stop? f next seed (lambda (x) '())))
        ((stop? f next seed tail)
         (let loop ((seed seed))
           (if (stop? seed) (tail seed) (let ((x (f seed))) (cons x (loop (next seed)))))))))
    (define unfold-right
      (case-lambda
        ((stop? f next seed) (unfold-right stop? f next seed '()))
        ((stop? f next seed tail)
         (let loop ((seed seed) (result tail))
           (if (stop? seed) result (loop (next seed) (cons (f seed) result)))))))
    (define (append-map f . lists) (apply append (apply map f lists)))
    (define append-map! append-map)
    (define map! map)
    (define map-in-order map)
    (define pair-for-each
      (case-lambda
        ((f l) (let loop ((l l)) (when (pair? l) (let ((next (cdr l))) (f l) (loop next)))))
        ((f . lists)
         (let loop ((lists lists))
           (when (all-pairs? lists)
             (let ((next (cdrs lists))) (apply f lists) (loop next)))))))
    (define filter-map
      (case-lambda
        ((f l)
         (let loop ((l l))
           (if (pair? l) (let ((x (f (car l)))) (if x (cons x (loop (cdr l))) (loop (cdr l)))) '())))
        ((f . lists)
         (let loop ((lists lists))
           (if (all-pairs? lists)
               (let ((x (apply f (cars lists)))) (if x (cons x (loop (cdrs lists))) (loop (cdrs lists))))
               '())))))

    ;; Filtering and searching
    (define (filter keep? l)
      (let loop ((l l))
        (if (pair? l)
            (let ((x (car l))) (if (keep? x) (cons x (loop (cdr l))) (loop (cdr l))))
            '())))
    (define (remove drop? l) (filter (lambda (x) (not (drop? x))) l))
    (define (partition in? l)
      (let loop ((l l) (ins '()) (outs '()))
        (if (pair? l)
            (let ((x (car l)))
              (if (in? x) (loop (cdr l) (cons x ins) outs) (loop (cdr l) ins (cons x outs))))
            (values (reverse ins) (reverse outs)))))
    (define filter! filter)
    (define remove! remove)
    (define partition! partition)
    (define (find pred l) (let ((tail (find-tail pred l))) (and tail (car tail))))
    (define (find-tail pred l)
      (let loop ((l l)) (and (pair? l) (if (pred (car l)) l (loop (cdr l))))))
    (define any
      (case-lambda
        ((pred l)
         (and (pair? l)
              (let loop ((x (car l)) (l (cdr l)))
                (if (pair? l) (or (pred x) (loop (car l) (cdr l))) (pred x)))))
        ((pred . lists)
         (and (all-pairs? lists)
              (let loop ((heads (cars lists)) (lists (cdrs lists)))
                (if (all-pairs? lists)
                    (or (apply pred heads) (loop (cars lists) (cdrs lists)))
                    (apply pred heads)))))))
    (define every
      (case-lambda
        ((pred l)
         (or (not (pair? l))
             (let loop ((x (car l)) (l (cdr l)))
               (if (pair? l) (and (pred x) (loop (car l) (cdr l))) (pred x)))))
        ((pred . lists)
         (or (not (all-pairs? lists))
             (let loop ((heads (cars lists)) (lists (cdrs lists)))
               (if (all-pairs? lists)
                   (and (apply pred heads) (loop (cars lists) (cdrs lists)))
                   (apply pred heads)))))))
    (define list-index
      (case-lambda
        ((pred l)
         (let loop ((l l) (i 0)) (and (pair? l) (if (pred (car l)) i (loop (cdr l) (+ i 1))))))
        ((pred . lists)
         (let loop ((lists lists) (i 0))
           (and (all-pairs? lists)
                (if (apply pred (cars lists)) i (loop (cdrs lists) (+ i 1))))))))
    (define (take-while pred l)
      (let loop ((l l)) (if (and (pair? l) (pred (car l))) (cons (car l) (loop (cdr l))) '())))
    (define (drop-while pred l)
      (let loop ((l l)) (if (and (pair? l) (pred (car l))) (loop (cdr l)) l)))
    (define take-while! take-while)
    (define (span pred l)
      (let loop ((l l) (head '()))
        (if (and (pair? l) (pred (car l)))
            (loop (cdr l) (cons (car l) head))
            (values (reverse head) l))))
    (define (break pred l) (span (lambda (x) (not (pred x))) l))
    (define span! span)
    (define break! break)

    ;; Deletion
    (define delete
      (case-lambda
        ((x l) (remove (lambda (y) (equal? x y)) l))
        ((x l same?) (remove (lambda (y) (same? x y)) l))))
    (define delete-duplicates
      (case-lambda
        ((l) (delete-duplicates l equal?))
        ((l same?)
         (let loop ((l l) (seen '()))
           (cond ((not (pair? l)) (reverse seen))
                 ((any (lambda (y) (same? y (car l))) seen) (loop (cdr l) seen))
                 (else (loop (cdr l) (cons (car l) seen))))))))
    (define delete! delete)
    (define delete-duplicates! delete-duplicates)

    ;; Association lists
    (define (alist-cons key value alist) (cons (cons key value) alist))
    (define (alist-copy alist) (map (lambda (entry) (cons (car entry) (cdr entry))) alist))
    (define alist-delete
      (case-lambda
        ((key alist) (alist-delete key alist equal?))
        ((key alist same?) (remove (lambda (entry) (same? key (car entry))) alist))))
    (define alist-delete! alist-delete)

    ;; Sets
    (define (in? same? x l) (any (lambda (y) (same? y x)) l))
    (define (subset? same? a b) (every (lambda (x) (member x b same?)) a))
    (define (lset<= same? . lists)
      (or (null? lists)
          (let loop ((a (car lists)) (rest (cdr lists)))
            (or (null? rest)
                (and (or (eq? a (car rest)) (subset? same? a (car rest))) (loop (car rest) (cdr rest)))))))
    (define (lset= same? . lists)
      (or (null? lists)
          (let loop ((a (car lists)) (rest (cdr lists)))
            (or (null? rest)
                (let ((b (car rest)))
                  (and (or (eq? a b)
                           (and (subset? same? a b) (subset? (lambda (x y) (same? y x)) b a)))
                       (loop b (cdr rest))))))))
    (define (lset-adjoin same? l . elements)
      (fold (lambda (x l) (if (in? same? x l) l (cons x l))) l elements))
    (define (lset-union same? . lists)
      (reduce
       (lambda (l result)
         (cond ((null? l) result)
               ((null? result) l)
               ((eq? l result) result)
               (else (fold (lambda (x result) (if (in? same? x result) result (cons x result))) result l))))
       '() lists))
    (define (lset-intersection same? first . rest)
      (filter (lambda (x) (every (lambda (l) (member x l same?)) rest)) first))
    (define (lset-difference same? first . rest)
      (filter (lambda (x) (every (lambda (l) (not (member x l same?))) rest)) first))
    (define (lset-xor same? . lists)
      (reduce
       (lambda (b a)
         (append (filter (lambda (x) (not (in? same? x a))) b)
                 (filter (lambda (x) (not (member x b same?))) a)))
       '() lists))
    (define (lset-diff+intersection same? first . rest)
      (partition (lambda (x) (every (lambda (l) (not (member x l same?))) rest)) first))
    (define lset-union! lset-union)
    (define lset-intersection! lset-intersection)
    (define lset-difference! lset-difference)
    (define lset-xor! lset-xor)
    (define lset-diff+intersection! lset-diff+intersection)))
