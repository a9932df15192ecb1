#include <gtest/gtest.h>

#include "store/postgres/store.h"
